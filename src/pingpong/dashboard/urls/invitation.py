from django.urls import path

from pingpong.dashboard.views.invitation import InvitationView

urlpatterns = [
    path("invitation/<str:invitation_token>/", InvitationView.as_view(), name="invitation"),
]
