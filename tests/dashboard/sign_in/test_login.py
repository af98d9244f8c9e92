"""Signing in with address and password, and what it does not tell."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from pingpong.accounts.models import Person
from pingpong.pages.models import Page

from .entering import HOME, LOGIN, PASSWORD, is_in, make_person, sign_in

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "http:///evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "//[evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "http://testserver@evil.example/",
]


@pytest.fixture
def scrooge(acme: Page) -> Person:
    return make_person(acme)


def told(response: HttpResponse) -> tuple[int, str]:
    """Return what a browser is answered, without what is new in every answer."""
    text = re.sub(
        r'(csrfmiddlewaretoken" value|nonce" content)="[^"]*"', "", response.content.decode()
    )
    text = re.sub(r'X-CSRFToken": "[^"]*"', "", text)
    return response.status_code, re.sub(r'value="[^"]*@[^"]*"', "", text)


def test_person_signs_in_with_address_and_password(client: Client, scrooge: Person) -> None:
    response = sign_in(client, scrooge.email.upper())
    assert (response.status_code, response["Location"], is_in(client)) == (302, HOME, True)


def test_person_is_led_to_where_they_wanted_to_go(client: Client, scrooge: Person) -> None:
    response = sign_in(client, scrooge.email, follow="/dashboard/account/sessions/")
    assert response["Location"] == "/dashboard/account/sessions/"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_led_elsewhere_after_signing_in(
    client: Client, scrooge: Person, address: str
) -> None:
    form = {"login": scrooge.email, "password": PASSWORD, "next": address}
    assert client.post(LOGIN, form)["Location"] == HOME
    assert client.post("/dashboard/account/logout/", {"next": address})["Location"] == HOME


def test_wrong_password_unknown_address_and_disabled_account_are_answered_alike(
    client: Client, scrooge: Person, acme: Page
) -> None:
    disabled = make_person(acme, "Magica De Spell")
    Person.objects.filter(pk=disabled.pk).update(is_active=False)
    wrong = told(sign_in(client, scrooge.email, "not the password"))
    assert told(sign_in(client, "nobody@acme.example", "not the password")) == wrong
    assert told(sign_in(client, disabled.email)) == wrong
    assert told(sign_in(client, disabled.email, "not the password")) == wrong
    assert wrong[0] == 422
    assert not is_in(client)


def test_login_without_a_token_of_the_form_is_refused(scrooge: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, scrooge.email).status_code == 403
    assert not is_in(client)


def test_session_cookie_is_out_of_reach_for_scripts_and_other_sites(
    client: Client, scrooge: Person
) -> None:
    sign_in(client, scrooge.email)
    (cookie,) = [one for name, one in client.cookies.items() if "session" in name]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")


def test_session_gets_another_key_when_somebody_signs_in(client: Client, scrooge: Person) -> None:
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    sign_in(client, scrooge.email)
    assert client.session.session_key != before


def test_signing_up_is_nowhere(client: Client, db: None) -> None:
    form = {"email": "new@acme.example", "password1": PASSWORD}
    for path in ("signup/", "3rdparty/signup/", "signup/passkey/"):
        assert client.post(f"/dashboard/account/{path}", form).status_code == 404
    assert not Person.objects.exists()


def test_signing_out_takes_a_form(client: Client, scrooge: Person) -> None:
    sign_in(client, scrooge.email)
    assert client.get("/dashboard/account/logout/").status_code == 200
    assert is_in(client)
    client.post("/dashboard/account/logout/")
    assert not is_in(client)


def test_browsers_tell_our_own_forms_where_they_come_from(client: Client, db: None) -> None:
    # Under "no-referrer" they would send "Origin: null", and every form would be refused.
    assert client.get(LOGIN).headers["Referrer-Policy"] == "same-origin"
