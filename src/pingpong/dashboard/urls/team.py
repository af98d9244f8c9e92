from django.urls import path

from pingpong.dashboard.views import team, team_invitations, team_members

ALL = "p/<slug:slug>/team/"
ONE = f"{ALL}members/<str:member>/"
INVITATION = f"{ALL}invitations/<str:invitation>/"

urlpatterns = [
    path(ALL, team.TeamView.as_view(), name="team"),
    path(f"{ALL}leave/", team_members.LeaveView.as_view(), name="leave_project"),
    path(f"{ALL}invite/", team_invitations.InviteView.as_view(), name="invite"),
    path(f"{ONE}role/", team_members.ChangeRoleView.as_view(), name="change_role"),
    path(f"{ONE}remove/", team_members.RemoveMemberView.as_view(), name="remove_member"),
    path(
        f"{INVITATION}renew/",
        team_invitations.RenewInvitationView.as_view(),
        name="renew_invitation",
    ),
    path(
        f"{INVITATION}revoke/",
        team_invitations.RevokeInvitationView.as_view(),
        name="revoke_invitation",
    ),
]
