"""How allauth behaves here: nobody signs up, and what it sends goes through the outbox."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from pingpong.accounts.mail import can_send, write_letter
from pingpong.accounts.models import Person
from pingpong.accounts.people import end_sessions
from pingpong.accounts.reset_links import link_of
from pingpong.kit.clock import utc_now

from .own_sessions import keep_only_this
from .visitor import address_of


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This e-mail address and this password do not go together."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "email_taken": _("Another account has this e-mail address."),
        "too_many_login_attempts": _("That was tried too often. Wait a quarter of an hour."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        del request
        return False

    def is_safe_url(self, url: str) -> bool:
        """Tell whether one may be led there: paths of this server, and nothing else."""
        return (
            url.startswith("/")
            and url.isprintable()
            and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Return whose these are; a disabled account is answered as a wrong password."""
        person: Person | None = super().authenticate(request, **credentials)
        return person if person is not None and person.is_active else None

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Forget the failures of an account whose password was chosen anew."""
        del request
        AccessAttempt.objects.filter(username=credentials["email"]).delete()

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        del user
        messages.error(request, self.error_messages["email_password_mismatch"])
        return redirect("account_login")

    def get_reset_password_from_key_url(self, key: str) -> str:
        person_id, _dash, token = key.partition("-")
        return link_of(person_id, quote(token))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        del request
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return f"{settings.BASE_URL}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a letter into the outbox; nothing in it comes from the request's Host."""
        if not can_send():
            return
        site = SimpleNamespace(name="PingPong", domain=urlsplit(settings.BASE_URL).netloc)
        known = {"email": email, "current_site": site, "base_url": settings.BASE_URL}
        message: EmailMessage = self.render_mail(template_prefix, email, known | context)
        write_letter(to=email, subject=str(message.subject), text=str(message.body), now=utc_now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell a person that the way to sign in was changed, and end their other sessions.

        allauth calls this after each such change: of the password, the address, a second factor.
        """
        super().send_notification_mail(template_prefix, user, context, email)
        if self.request.user.is_authenticated and self.request.user.pk == user.pk:
            keep_only_this(self.request)
        else:
            end_sessions([user.pk])
            # Who is about to be signed in with this object has to be known by the new epoch.
            user.refresh_from_db(fields=["session_epoch"])
