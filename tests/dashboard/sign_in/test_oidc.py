"""Whom the operator's provider lets in: accounts with an address that both sides verified."""

from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from pingpong.accounts.models import Person
from pingpong.accounts.people import change_email
from pingpong.dashboard.sign_in.oidc import ProviderAdapter, person_of
from pingpong.pages.models import Page

from .entering import make_person


@pytest.fixture
def scrooge(acme: Page) -> Person:
    return make_person(acme)


@pytest.fixture
def anybody() -> HttpRequest:
    request = RequestFactory().get("/dashboard/account/oidc/callback/")
    request.user = AnonymousUser()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined] # as the middleware does
    return request


def told(*addresses: tuple[str, bool | str], uid: str = "0815") -> SocialLogin:
    """Return what a provider says of somebody: addresses, and whether it verified them."""
    login = SocialLogin(
        user=Person(),
        account=SocialAccount(provider="oidc", uid=uid, extra_data={}),
        email_addresses=[
            EmailAddress(email=email, verified=verified) for email, verified in addresses
        ],
    )
    login.state = {}
    return login


@pytest.mark.parametrize(
    "addresses",
    [
        [],
        [("scrooge@acme.example", False)],
        [("scrooge@acme.example", "false")],
        [("nobody@acme.example", True)],
        [("scrooge@acme.example", False), ("nobody@acme.example", True)],
    ],
)
def test_nobody_is_connected_by_less(
    anybody: HttpRequest, scrooge: Person, addresses: list[tuple[str, bool | str]]
) -> None:
    with pytest.raises(ImmediateHttpResponse) as refusal:
        ProviderAdapter().pre_social_login(anybody, told(*addresses))
    assert refusal.value.response["Location"] == "/dashboard/account/login/"
    assert (SocialAccount.objects.count(), Person.objects.count()) == (0, 2)


def test_disabled_account_is_not_connected(scrooge: Person) -> None:
    Person.objects.filter(pk=scrooge.pk).update(is_active=False)
    assert person_of(told((scrooge.email, True))) is None


def test_address_that_we_have_not_verified_connects_nothing(scrooge: Person) -> None:
    change_email(scrooge, "victim@acme.example")
    assert person_of(told(("victim@acme.example", True))) is None


def test_two_accounts_at_once_are_none(scrooge: Person, acme: Page) -> None:
    other = make_person(acme, "Flintheart Glomgold")
    assert person_of(told((scrooge.email, True), (other.email, True))) is None


def test_who_is_signed_in_is_connected_to_nobody_else(
    anybody: HttpRequest, scrooge: Person, acme: Page
) -> None:
    anybody.user = make_person(acme, "Flintheart Glomgold")
    with pytest.raises(ImmediateHttpResponse):
        ProviderAdapter().pre_social_login(anybody, told((scrooge.email, True)))
    assert not SocialAccount.objects.exists()


def test_provider_makes_no_accounts(anybody: HttpRequest) -> None:
    assert not ProviderAdapter().is_open_for_signup(anybody, SimpleNamespace())
