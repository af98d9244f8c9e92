"""Cookies of ours: what the settings say, and what browsers are really sent."""

from collections.abc import Iterator
from http.cookies import Morsel

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings

from factories.teams import make_membership
from pingpong.config.cookies import cookie_settings
from pingpong.pages.models import Page

KINDS = ("SESSION", "CSRF", "LANGUAGE")
PASSWORD = "duck-duck-duck"


@pytest.mark.parametrize(
    ("base_url", "is_secure", "names"),
    [
        ("http://localhost:8000", False, ["sessionid", "csrftoken", "language"]),
        (
            "https://status.example.com",
            True,
            ["__Host-sessionid", "__Host-csrftoken", "__Host-language"],
        ),
    ],
)
def test_cookies_are_as_strict_as_the_address_allows(
    base_url: str, is_secure: bool, names: list[str]
) -> None:
    found = cookie_settings(base_url)
    assert [found[f"{kind}_COOKIE_NAME"] for kind in KINDS] == names
    for kind in KINDS:
        rest = [found[f"{kind}_COOKIE_{what}"] for what in ("SECURE", "HTTPONLY", "SAMESITE")]
        assert rest == [is_secure, True, "Lax"]
        assert [found[f"{kind}_COOKIE_{what}"] for what in ("PATH", "DOMAIN")] == ["/", None]


def test_settings_are_those_of_the_address() -> None:
    expected = cookie_settings(settings.BASE_URL)
    assert {name: getattr(settings, name) for name in expected} == expected


@pytest.fixture
def _patient_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.usefixtures("_patient_limits")
def test_cookies_of_a_sign_in_and_of_a_failed_one_are_ours_alone(acme: Page, scheme: str) -> None:
    email = make_membership(acme).person.email
    login = "/dashboard/account/login/"
    with override_settings(**cookie_settings(f"{scheme}://testserver")):
        client = Client(enforce_csrf_checks=True)
        client.get(login)
        form = {"login": email, "csrfmiddlewaretoken": client.cookies[_named("CSRF")].value}
        client.post(login, {**form, "password": "wrong"})
        answer = client.post(login, {**form, "password": PASSWORD})
        assert answer.status_code == 302
        home = client.get("/dashboard/account/")
        assert home.status_code == 200
        assert sorted(client.cookies) == sorted([_named("CSRF"), _named("SESSION")])
        for name in client.cookies:
            assert _rules_of(client.cookies[name]) == (
                "/",
                "",
                "Lax",
                True,
                True if scheme == "https" else "",
            )


def _named(kind: str) -> str:
    name: str = getattr(settings, f"{kind}_COOKIE_NAME")
    return name


def _rules_of(cookie: "Morsel[str]") -> tuple[object, ...]:
    return tuple(cookie[what] for what in ("path", "domain", "samesite", "httponly", "secure"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/s/acme/", "/rest/v1/status", "/healthz", "/metrics"])
def test_nothing_but_the_dashboard_sets_a_cookie(path: str) -> None:
    assert dict(Client().get(path).cookies) == {}
