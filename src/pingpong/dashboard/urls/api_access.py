from django.urls import path

from pingpong.dashboard.views import api_access, api_tokens

ALL = "p/<slug:slug>/api/"
TOKEN = f"{ALL}tokens/<str:token>/"

urlpatterns = [
    path(ALL, api_access.ApiAccessView.as_view(), name="api_access"),
    path(f"{ALL}badges/renew/", api_access.RenewShieldsKeyView.as_view(), name="renew_shields_key"),
    path(f"{ALL}tokens/new/", api_tokens.NewTokenView.as_view(), name="new_token"),
    path(f"{TOKEN}show/", api_tokens.ShowTokenView.as_view(), name="show_token"),
    path(f"{TOKEN}replace/", api_tokens.ReplaceTokenView.as_view(), name="replace_token"),
    path(f"{TOKEN}revoke/", api_tokens.RevokeTokenView.as_view(), name="revoke_token"),
]
