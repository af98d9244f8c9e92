"""Where the link of an invitation leads: looking changes nothing, accepting is a POST."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from pingpong.accounts.mail import can_send
from pingpong.accounts.models import Person
from pingpong.accounts.people import PersonInvalidError
from pingpong.dashboard import toasts
from pingpong.dashboard.forms.team import AddressForm, JoinForm
from pingpong.dashboard.project_view import INVALID
from pingpong.kit.clock import utc_now
from pingpong.teams.acceptance import (
    AddressUnavailableError,
    AlreadyMemberError,
    AnotherAddressError,
    accept_invitation,
    accept_with_new_account,
    find_invitation,
)
from pingpong.teams.invitation_letters import LettersLimitError
from pingpong.teams.invitations import InvitationOverError, send_to
from pingpong.teams.models import Invitation

_GONE = 404


class InvitationView(View):
    """For whoever has the link; a wrong one and one that is over are answered alike."""

    http_method_names = ["get", "head", "post"]
    invitation: Invitation
    token: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.token = kwargs["invitation_token"]
        found = find_invitation(self.token, now=utc_now())
        if found is None:
            return _over(request)
        self.invitation = found
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self._show(request, self._form())

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        try:
            if isinstance(request.user, Person):
                return self._accept(request, request.user)
            form = self._form(request.POST)
            if not form.is_valid():
                return self._show(request, form)
            return self._send(request, form) if self._asks_first else self._join(request, form)
        except InvitationOverError:
            return _over(request)

    @property
    def _asks_first(self) -> bool:
        """Tell whether who has no account has to prove an address before there is one."""
        return can_send() and not self.invitation.is_mailed

    def _form(self, data: Any = None) -> AddressForm | JoinForm:
        if self._asks_first:
            return AddressForm(data, initial={"email": self.invitation.email})
        return JoinForm(data, email=self.invitation.email)

    def _accept(self, request: HttpRequest, person: Person) -> HttpResponse:
        slug = self.invitation.page.slug
        try:
            accept_invitation(self.token, person, now=utc_now())
        except AnotherAddressError:
            return self._show(request, self._form(), status=INVALID)
        except AlreadyMemberError:
            toasts.say(request, _("You are in this team already."))
            return redirect("dashboard:overview", slug=slug)
        toasts.say(request, _("Welcome to the team."))
        return redirect("dashboard:overview", slug=slug)

    def _join(self, request: HttpRequest, form: AddressForm | JoinForm) -> HttpResponse:
        try:
            made = accept_with_new_account(self.token, **form.cleaned_data, now=utc_now())
        except (AddressUnavailableError, PersonInvalidError):
            form.add_error(None, _("No account can be made with this address. Sign in instead?"))
            return self._show(request, form)
        address = reverse("dashboard:overview", kwargs={"slug": self.invitation.page.slug})
        login = Login(user=made.person, redirect_url=address, email=made.person.email)
        credentials = {"email": made.person.email}
        response: HttpResponse = perform_password_login(request, credentials, login)
        return response

    def _send(self, request: HttpRequest, form: AddressForm | JoinForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        try:
            if not self.invitation.email or self.invitation.email == email.lower():
                send_to(self.invitation, email, now=utc_now())
        except (LettersLimitError, PersonInvalidError):
            pass  # the answer is the same, whatever is known of the address
        return render(request, "dashboard/invitation/sent.html", {"email": email})

    def _show(
        self, request: HttpRequest, form: AddressForm | JoinForm, *, status: int = 200
    ) -> HttpResponse:
        person = request.user if isinstance(request.user, Person) else None
        email = self.invitation.email
        context = {
            "form": form,
            "invitation": self.invitation,
            "person": person,
            "is_for_another": person is not None and email not in ("", person.email),
            "asks_first": self._asks_first,
            "sign_in": f"{reverse('account_login')}?next={request.path}",
        }
        if form.is_bound and not form.is_valid():
            status = INVALID
        return render(request, "dashboard/invitation/invitation.html", context, status=status)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboard/invitation/over.html", status=_GONE)
