"""Guessing ends after a few tries, in every process and for whatever is typed."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings as django_settings
from django.test import Client

from pingpong.accounts.models import Person
from pingpong.dashboard.sign_in.lockout import (
    FAILURES_OF_ACCOUNT,
    FAILURES_OF_ADDRESS,
    FAILURES_OF_CODES,
)
from pingpong.kit.client_ip import networks
from pingpong.pages.models import Page

from .entering import CODE, confirm, is_in, make_person, sign_in, use_app

HERE = {"REMOTE_ADDR": "198.51.100.7"}
THERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def scrooge(acme: Page) -> Person:
    return make_person(acme)


def guess(email: str, times: int, **headers: str) -> list[int]:
    """Try wrong passwords, each with a browser of its own."""
    return [
        sign_in(Client(), email, f"guess {number}", **headers).status_code
        for number in range(times)
    ]


def test_account_is_locked_for_an_address_whichever_browser_asks(scrooge: Person) -> None:
    answers = guess(scrooge.email, FAILURES_OF_ACCOUNT, **HERE)
    assert answers == [*[422] * (FAILURES_OF_ACCOUNT - 1), 429]
    assert sign_in(Client(), scrooge.email, **HERE).status_code == 429


def test_account_stays_open_for_other_addresses(client: Client, scrooge: Person) -> None:
    guess(scrooge.email, FAILURES_OF_ACCOUNT, **HERE)
    sign_in(client, scrooge.email, **THERE)
    assert is_in(client)


def test_unknown_account_is_locked_like_a_known_one(scrooge: Person) -> None:
    known = guess(scrooge.email, FAILURES_OF_ACCOUNT + 1, **HERE)
    assert guess("nobody@acme.example", FAILURES_OF_ACCOUNT + 1, **HERE) == known


def test_address_that_tries_many_accounts_is_locked_at_all(scrooge: Person) -> None:
    for number in range(FAILURES_OF_ADDRESS):
        AccessAttempt.objects.create(
            username=f"{number}@acme.example",
            ip_address=HERE["REMOTE_ADDR"],
            user_agent="",
            http_accept="",
            path_info="",
            failures_since_start=1,
        )
    assert sign_in(Client(), scrooge.email, **HERE).status_code == 429
    assert sign_in(Client(), scrooge.email, **THERE).status_code == 302


def test_locked_account_opens_again_after_a_while(client: Client, scrooge: Person) -> None:
    guess(scrooge.email, FAILURES_OF_ACCOUNT, **HERE)
    for attempt in AccessAttempt.objects.all():
        earlier = attempt.attempt_time - timedelta(minutes=16)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=earlier)
    sign_in(client, scrooge.email, **HERE)
    assert is_in(client)


def test_signing_in_forgets_the_failures_of_this_account_alone(
    client: Client, scrooge: Person
) -> None:
    guess(scrooge.email, FAILURES_OF_ACCOUNT - 1, **HERE)
    guess("other@acme.example", 1, **HERE)
    sign_in(client, scrooge.email, **HERE)
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["other@acme.example"]


def test_header_of_a_visitor_does_not_move_them_elsewhere(scrooge: Person) -> None:
    for number in range(FAILURES_OF_ACCOUNT):
        headers = HERE | {"HTTP_X_FORWARDED_FOR": f"192.0.2.{number}"}
        last = sign_in(Client(), scrooge.email, "guess", **headers)
    assert last.status_code == 429


def test_address_behind_a_trusted_proxy_is_the_visitors(
    scrooge: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(django_settings, "TRUSTED_PROXIES", networks("10.0.0.0/8"))
    proxy = {"REMOTE_ADDR": "10.0.0.1"}
    guess(scrooge.email, FAILURES_OF_ACCOUNT, **proxy, HTTP_X_FORWARDED_FOR="203.0.113.9")
    other = sign_in(Client(), scrooge.email, **proxy, HTTP_X_FORWARDED_FOR="203.0.113.10")
    same = sign_in(Client(), scrooge.email, **proxy, HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert (other.status_code, same.status_code) == (302, 429)


def test_fifty_wrong_codes_are_not_even_looked_at(client: Client, scrooge: Person) -> None:
    sign_in(client, scrooge.email, **HERE)
    use_app(client)
    statuses = []
    for number in range(50):
        thief = Client(REMOTE_ADDR=f"198.51.100.{number}")
        sign_in(thief, scrooge.email)
        statuses.append(thief.post(CODE, {"code": f"{number:06}"}).status_code)
    assert statuses[:FAILURES_OF_CODES] == [*[422] * (FAILURES_OF_CODES - 1), 429]
    codes = AccessAttempt.objects.filter(username__startswith="second factor")
    assert sum(codes.values_list("failures_since_start", flat=True)) == FAILURES_OF_CODES


def test_guessing_ones_password_again_is_locked_too(client: Client, scrooge: Person) -> None:
    sign_in(client, scrooge.email)
    answers = [
        client.post("/dashboard/account/again/", {"password": "guess"}).status_code
        for _ in range(FAILURES_OF_ACCOUNT)
    ]
    assert answers == [*[422] * (FAILURES_OF_ACCOUNT - 1), 429]
    assert confirm(client).status_code == 429


def test_what_was_typed_is_not_kept(scrooge: Person) -> None:
    guess(scrooge.email, 1, **HERE)
    assert "guess" not in AccessAttempt.objects.get().post_data
