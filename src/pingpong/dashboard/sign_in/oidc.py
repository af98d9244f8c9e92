"""Signing in at a provider of the operator's: for accounts that exist, and nobody else.

An account is connected when the provider says that the address is verified, and we know it to be
that account's. What is only claimed, on either side, connects nothing.
"""

from typing import Any, NoReturn

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect import views
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from pingpong.accounts.models import Person

PROVIDER = "oidc"


class ProviderAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect the provider's account to ours, or refuse; the same words for every reason."""
        if request.user.is_authenticated:
            refuse(request)
        if sociallogin.is_existing:
            return
        person = person_of(sociallogin)
        if person is None:
            refuse(request)
        sociallogin.connect(request, person)

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        del args, kwargs
        raise ImmediateHttpResponse(fail(request))


def person_of(sociallogin: Any) -> Person | None:
    """Return the one account that has, verified, an address that is verified at the provider."""
    # Providers write it as a truth value or, against the standard, as a word.
    told = [
        one.email.lower() for one in sociallogin.email_addresses if one.verified in (True, "true")
    ]
    known = EmailAddress.objects.select_related("user").filter(
        email__in=told, verified=True, user__is_active=True
    )
    people = {address.user.pk: address.user for address in known}
    return next(iter(people.values())) if len(people) == 1 else None


def refuse(request: HttpRequest) -> NoReturn:
    messages.warning(
        request,
        _("No account here belongs to that sign-in. Ask whoever invited you, or use a password."),
    )
    raise ImmediateHttpResponse(redirect("account_login"))


def fail(request: HttpRequest) -> HttpResponse:
    """Lead back to the login page after something went wrong at the provider."""
    messages.warning(request, _("Signing in at the provider did not work. Try again."))
    return redirect("account_login")


urlpatterns = [
    path(f"<slug:provider_id>/{tail}", view, name=name)
    for tail, view, name in (
        ("start/", views.login, "openid_connect_login"),
        ("callback/", views.callback, "openid_connect_callback"),
    )
] + [
    path(f"provider/{tail}/", fail, name=f"socialaccount_{name}")
    for tail, name in (
        ("cancelled", "login_cancelled"),
        ("failed", "login_error"),
        ("unknown", "signup"),
        ("connections", "connections"),
    )
]
