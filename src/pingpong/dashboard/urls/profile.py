from django.urls import path

from pingpong.dashboard.views.account_profile import ProfileView

urlpatterns = [path("account/", ProfileView.as_view(), name="account")]
