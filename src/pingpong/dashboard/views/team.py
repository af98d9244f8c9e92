"""The team of a project, and who is invited into it."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from pingpong.accounts.mail import can_send
from pingpong.dashboard.forms.team import ROLE_HINTS, roles_given_by
from pingpong.dashboard.project_view import ProjectView
from pingpong.dashboard.team_list import list_members, search_of
from pingpong.teams.models import Invitation
from pingpong.teams.roles import Role, may_build

MOST_INVITATIONS = 100


class TeamView(ProjectView):
    """Members for everybody of the team; invitations for those who may invite."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        role = self.membership.role
        given = [one.value for one in roles_given_by(role)]
        shown = _invitations(self.page.pk) if may_build(role) else []
        context = {
            "members": list_members(self.page.pk, request.GET),
            "search": search_of(request.GET),
            "given": given,
            "hints": [(one.value, ROLE_HINTS[one]) for one in Role],
            "invitations": list(shown),
            "can_mail": can_send(),
            "now": self.now,
        }
        return self.render("team/team.html", context)


def _invitations(page_id: str) -> "QuerySet[Invitation]":
    """Return what is neither accepted nor taken back, newest first; expired ones can be renewed."""
    rows = Invitation.objects.filter(
        page_id=page_id,
        asked_through__isnull=True,
        accepted_at__isnull=True,
        revoked_at__isnull=True,
    )
    return rows.select_related("invited_by").order_by("-created_at", "-pk")[:MOST_INVITATIONS]
