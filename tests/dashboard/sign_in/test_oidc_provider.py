"""Signing in at an OpenID Connect provider that answers on this machine."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client

from pingpong.accounts.models import Person
from pingpong.pages.models import Page

from .entering import CODE, HOME, LOGIN, is_in, make_person, sign_in, use_app

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

CLIENT = "pingpong-of-a-test"


class Provider:
    """Says what a test has it say, to whoever brings a code."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, list[str]]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_address[1]}"

    def answer(self, path: str) -> dict[str, Any]:
        if path.endswith("/openid-configuration"):
            places = ("authorization", "token", "userinfo")
            named = {f"{place}_endpoint": f"{self.issuer}/{place}" for place in places}
            return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **named}
        if path == "/token":
            claims = {"iss": self.issuer, "aud": CLIENT, "exp": time.time() + 60, **self.claims}
            token = jwt.encode(claims, "a key of the provider, long enough for HS256", "HS256")
            return {"access_token": "opens-userinfo", "token_type": "Bearer", "id_token": token}
        return self.claims

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = json.dumps(provider.answer(self.path)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                provider.asked.append(parse_qs(self.rfile.read(length).decode()))
                self.do_GET()

            def log_message(self, *_: object) -> None: ...

        return Handler


@pytest.fixture
def provider(db: None, settings: Any) -> Iterator[Provider]:
    provider = Provider()
    threading.Thread(target=provider.server.serve_forever, daemon=True).start()
    settings.ROOT_URLCONF = "dashboard.sign_in.oidc_urls"
    settings.OIDC_NAME = "Duck ID"
    app = {
        "provider_id": "oidc",
        "name": "Duck ID",
        "client_id": CLIENT,
        "secret": "the client's secret",
        "settings": {"server_url": provider.issuer},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    yield provider
    provider.server.shutdown()
    provider.server.server_close()


@pytest.fixture
def scrooge(acme: Page) -> Person:
    return make_person(acme)


def come_back(client: Client, *, follow: str = "", **changes: str) -> HttpResponse:
    """Go to the provider and return with a code."""
    form = {"next": follow} if follow else {}
    away = client.post("/dashboard/account/oidc/start/", form)
    told = {name: values[0] for name, values in parse_qs(urlsplit(away["Location"]).query).items()}
    assert (told["client_id"], told["code_challenge_method"]) == (CLIENT, "S256")
    answer = {"code": "a code", "state": told["state"], **changes}
    return client.get("/dashboard/account/oidc/callback/", answer)


@pytest.mark.usefixtures("scrooge")
def test_login_page_names_the_provider(client: Client, provider: Provider) -> None:
    assert "Sign in with Duck ID" in client.get(LOGIN).content.decode()


def test_person_is_known_by_a_verified_address_and_later_by_the_providers_id(
    client: Client, provider: Provider, scrooge: Person
) -> None:
    provider.claims = {"sub": "1", "email": scrooge.email.upper(), "email_verified": True}
    assert come_back(client)["Location"] == HOME
    assert is_in(client)
    assert provider.asked[0]["client_id"] == [CLIENT]
    later = Client()
    provider.claims = {"sub": "1", "email": "moved@acme.example", "email_verified": False}
    come_back(later)
    assert is_in(later)
    assert SocialAccount.objects.get().user == scrooge
    assert EmailAddress.objects.get(user=scrooge).email == scrooge.email


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "1", "email": "scrooge@acme.example", "email_verified": False},
        {"sub": "1", "email": "scrooge@acme.example"},
        {"sub": "1", "email": "scrooge@acme.example", "email_verified": "false"},
        {"sub": "1", "email": "nobody@acme.example", "email_verified": True},
        {"sub": "1"},
    ],
)
def test_nobody_else_is_let_in_and_no_account_is_made(
    client: Client, provider: Provider, scrooge: Person, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    people = Person.objects.count()
    assert come_back(client)["Location"] == LOGIN
    assert not is_in(client)
    assert (SocialAccount.objects.count(), Person.objects.count()) == (0, people)


def test_disabled_person_is_not_let_in_who_was_known(
    client: Client, provider: Provider, scrooge: Person
) -> None:
    provider.claims = {"sub": "1", "email": scrooge.email, "email_verified": True}
    come_back(Client())
    Person.objects.filter(pk=scrooge.pk).update(is_active=False)
    assert come_back(client)["Location"] == LOGIN
    assert not is_in(client)


def test_second_factor_is_asked_for_after_the_provider_too(
    client: Client, provider: Provider, scrooge: Person
) -> None:
    inside = Client()
    sign_in(inside, scrooge.email)
    use_app(inside)
    provider.claims = {"sub": "1", "email": scrooge.email, "email_verified": True}
    assert come_back(client)["Location"] == CODE
    assert not is_in(client)


def test_answer_with_another_state_is_none(
    client: Client, provider: Provider, scrooge: Person
) -> None:
    provider.claims = {"sub": "1", "email": scrooge.email, "email_verified": True}
    assert come_back(client, state="planted")["Location"] == LOGIN
    assert not is_in(client)


def test_nobody_is_led_elsewhere_by_the_way_of_the_provider(
    client: Client, provider: Provider, scrooge: Person
) -> None:
    provider.claims = {"sub": "1", "email": scrooge.email, "email_verified": True}
    assert come_back(client, follow="//evil.example")["Location"] == HOME


def test_token_for_another_client_is_refused(
    client: Client, provider: Provider, scrooge: Person
) -> None:
    provider.claims = {"sub": "1", "email": scrooge.email, "email_verified": True, "aud": "else"}
    assert come_back(client)["Location"] == LOGIN
    assert not is_in(client)
