"""Names that a request claims to be for: no letter and no link is made of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.wsgi import get_wsgi_application
from django.test import Client, RequestFactory

from pingpong.accounts.models import Letter, Person
from pingpong.pages.models import Page
from pingpong.runtime.hosts import HostGuard

from .entering import PASSWORD, confirm, make_person, sign_in

RESET = "/dashboard/account/password/reset/"
EMAIL = "/dashboard/account/email/"
NEW = "a-new-long-password"
FORWARDED = {
    "X-Forwarded-Host": "evil.example",
    "X-Host": "evil.example",
    "Forwarded": "host=evil.example;proto=https",
    "X-Forwarded-Server": "evil.example",
    "X-Original-Host": "evil.example",
}


@pytest.fixture(autouse=True)
def _mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(django_settings, "SMTP_URL", "smtp://mail.example")
    monkeypatch.setattr(django_settings, "BASE_URL", "https://status.acme.example")
    return


@pytest.fixture
def scrooge(acme: Page) -> Person:
    return make_person(acme)


def test_links_in_letters_are_made_of_the_configured_address(scrooge: Person) -> None:
    client = Client(headers=FORWARDED)
    client.post(RESET, {"email": scrooge.email})
    client.post(RESET, {"email": "nobody@acme.example"})
    sign_in(client, scrooge.email)
    confirm(client)
    client.post(EMAIL, {"action_add": "1", "email": "rich@acme.example"})
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post("/dashboard/account/password/", form)
    letters = [f"{one.subject} {one.text} {one.html}" for one in Letter.objects.order_by("pk")]
    assert ["evil" in letter for letter in letters] == [False] * 4
    linked = ["https://status.acme.example/dashboard/" in letter for letter in letters]
    assert (linked[0], linked[2]) == (True, True)


def test_request_for_another_name_writes_no_letter(scrooge: Person) -> None:
    guard = HostGuard(get_wsgi_application(), own=django_settings.ALLOWED_HOSTS)
    statuses = []
    for host in ("evil.example", "testserver@evil.example", "testserver evil.example"):
        request = RequestFactory().post(RESET, {"email": scrooge.email})
        told: list[Any] = []
        environ = request.environ | {"HTTP_HOST": host, "HTTP_X_FORWARDED_HOST": "testserver"}
        body = b"".join(guard(environ, lambda *answer, told=told: told.append(answer)))
        statuses.append((told[0][0][:3], scrooge.name.encode() in body))
    assert statuses == [("421", False)] * 3
    assert Letter.objects.count() == 0


def test_django_by_itself_makes_nothing_of_another_name(scrooge: Person) -> None:
    Client(headers={"Host": "evil.example"}).post(RESET, {"email": scrooge.email})
    text = Letter.objects.get().text
    assert ("evil" in text, "https://status.acme.example/dashboard/" in text) == (False, True)
