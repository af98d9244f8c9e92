"""What is done with a member: another role, out of the team, and going oneself."""

from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.project_view import ProjectView
from pingpong.dashboard.role_names import ROLE_NAMES
from pingpong.kit.ids import is_readable_id
from pingpong.teams.members import (
    LastOwnerError,
    MemberChangedError,
    RoleForbiddenError,
    change_role,
    leave,
    remove_member,
)
from pingpong.teams.models import Membership
from pingpong.teams.roles import Role

from .incident_view import is_confirmed


class _MemberView(ProjectView):
    member: Membership

    def admit(self, request: HttpRequest, **kwargs: str) -> None:
        super().admit(request, **kwargs)
        asked = kwargs["member"]
        rows = Membership.objects.select_related("person").filter(page=self.page)
        found = rows.filter(pk=asked).first() if is_readable_id(asked) else None
        if found is None:
            raise Http404
        self.member = found

    def refuse(self, request: HttpRequest, problem: Exception) -> HttpResponse:
        """Say on the team's screen why it was not done."""
        if isinstance(problem, RoleForbiddenError):
            raise PermissionDenied from problem
        toasts.warn(request, why_not(problem))
        return redirect(self.url("team"))


class ChangeRoleView(_MemberView):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        asked, seen = request.POST.get("role", ""), request.POST.get("seen", "")
        if asked not in Role.values:
            toasts.warn(request, _("Choose a role."))
            return redirect(self.url("team"))
        if seen and seen != self.member.role:
            return self.refuse(request, MemberChangedError())
        try:
            change_role(self.member, asked, by=self.by, now=self.now)
        except (RoleForbiddenError, LastOwnerError, MemberChangedError) as problem:
            return self.refuse(request, problem)
        known = {"name": self.member.person.name, "role": ROLE_NAMES[Role(asked)]}
        toasts.say(request, _("%(name)s has the role %(role)s now.") % known)
        return redirect(self.url("team"))


class RemoveMemberView(_MemberView):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        if not is_confirmed(request):
            return self.render("team/remove.html", {"member": self.member})
        name = self.member.person.name
        try:
            remove_member(self.member, by=self.by, now=self.now)
        except (RoleForbiddenError, LastOwnerError, MemberChangedError) as problem:
            return self.refuse(request, problem)
        toasts.say(request, _("%(name)s is no longer in the team.") % {"name": name})
        if self.member.person_id == self.person.pk:
            return redirect(f"{reverse('dashboard:home')}?all")
        return redirect(self.url("team"))


class LeaveView(ProjectView):
    """Going out of a team oneself."""

    written_by: ClassVar[Role] = Role.VIEWER

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self.render("team/leave.html", {})

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        try:
            leave(self.membership, by=self.by, now=self.now)
        except (LastOwnerError, MemberChangedError) as problem:
            toasts.warn(request, why_not(problem))
            return redirect(self.url("team"))
        toasts.say(request, _("You have left the project %(name)s.") % {"name": self.page.name})
        return redirect(f"{reverse('dashboard:home')}?all")


def why_not(problem: Exception) -> str:
    if isinstance(problem, LastOwnerError):
        return _("A project needs an owner. Make somebody else an owner first.")
    return _("Somebody else has just changed this member. Look again.")
