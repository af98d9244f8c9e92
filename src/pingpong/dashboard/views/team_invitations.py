"""Inviting into a team: by e-mail, or by a link that is shown once."""

from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.accounts.mail import can_send
from pingpong.accounts.people import PersonInvalidError
from pingpong.dashboard import toasts
from pingpong.dashboard.forms.team import InviteForm, roles_given_by
from pingpong.dashboard.project_view import ProjectView
from pingpong.kit.ids import is_readable_id
from pingpong.teams.invitation_letters import LettersLimitError
from pingpong.teams.invitations import (
    InvitationOverError,
    TooManyInvitationsError,
    invite,
    renew_invitation,
    revoke_invitation,
)
from pingpong.teams.members import RoleForbiddenError
from pingpong.teams.models import Invitation
from pingpong.teams.roles import Role


class _InvitingView(ProjectView):
    read_by: ClassVar[Role] = Role.ADMIN

    def told(self, request: HttpRequest, invitation: Invitation, link: str) -> HttpResponse:
        """Say that a letter is on its way, or show the link, this once."""
        if link:
            return self.render("team/invited.html", {"invitation": invitation, "link": link})
        known = {"email": invitation.email}
        toasts.say(request, _("The invitation is on its way to %(email)s.") % known)
        return redirect(self.url("team"))


class InviteView(_InvitingView):
    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self._show(InviteForm(roles=self._roles))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = InviteForm(request.POST, roles=self._roles)
        if not form.is_valid():
            return self._show(form)
        try:
            made = invite(
                self.page,
                role=form.cleaned_data["role"],
                email=form.cleaned_data["email"],
                counts_for=form.counts_for,
                inviter=self.person,
                now=self.now,
            )
        except RoleForbiddenError as problem:
            raise PermissionDenied from problem
        except (LettersLimitError, PersonInvalidError) as problem:
            form.add_error("email", _why(problem))
            return self._show(form)
        except TooManyInvitationsError:
            form.add_error(None, _("Many invitations are open. Take some of them back first."))
            return self._show(form)
        return self.told(request, *made)

    @property
    def _roles(self) -> list[Role]:
        return roles_given_by(self.membership.role)

    def _show(self, form: InviteForm) -> HttpResponse:
        return self.render("team/invite.html", {"form": form, "can_mail": can_send()})


class _InvitationView(_InvitingView):
    invitation: Invitation

    def admit(self, request: HttpRequest, **kwargs: str) -> None:
        super().admit(request, **kwargs)
        asked = kwargs["invitation"]
        rows = Invitation.objects.select_related("page", "invited_by").filter(page=self.page)
        found = rows.filter(pk=asked).first() if is_readable_id(asked) else None
        if found is None:
            raise Http404
        self.invitation = found


class RenewInvitationView(_InvitationView):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        try:
            made = renew_invitation(self.invitation, by=self.by, now=self.now)
        except RoleForbiddenError as problem:
            raise PermissionDenied from problem
        except (InvitationOverError, LettersLimitError) as problem:
            toasts.warn(request, _why(problem))
            return redirect(self.url("team"))
        return self.told(request, *made)


class RevokeInvitationView(_InvitationView):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        try:
            is_done = revoke_invitation(self.invitation, by=self.by, now=self.now)
        except RoleForbiddenError as problem:
            raise PermissionDenied from problem
        if is_done:
            toasts.say(request, _("The invitation is taken back; its link counts no more."))
        else:
            toasts.warn(request, _why(InvitationOverError()))
        return redirect(self.url("team"))


def _why(problem: Exception) -> str:
    if isinstance(problem, LettersLimitError):
        return _("A letter went there a moment ago, or there were many today. Wait a while.")
    if isinstance(problem, InvitationOverError):
        return _("This invitation was accepted or taken back before.")
    return _("This is not an e-mail address.")
