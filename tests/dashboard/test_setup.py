"""The first account: one code, one person, and whoever comes too late is told so."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from factories.teams import make_membership
from pingpong.accounts import first_run
from pingpong.accounts.models import Person
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page

pytestmark = pytest.mark.django_db

SETUP = "/dashboard/setup/"
LOGIN = "/dashboard/account/login/"
PASSWORD = "quack-quack-quack"
TYPED = {"name": "Daisy Duck", "email": "daisy@acme.example", "password": PASSWORD}


@pytest.fixture(autouse=True)
def _patient_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def code() -> str:
    return first_run.offer_setup(now=utc_now())


def send(client: Client, code: str, **changes: str) -> HttpResponse:
    return client.post(SETUP, {"code": code, **TYPED, **changes})


def test_link_leads_to_the_screen_and_hides_the_code_from_every_log(code: str) -> None:
    address, _hash, hidden = first_run.setup_link(code).partition("#")
    assert address == f"http://testserver{reverse('dashboard:setup')}"
    assert hidden == f"code={code}"


def test_start_page_and_sign_in_lead_to_setup_while_nobody_has_an_account(client: Client) -> None:
    for path in ("/", LOGIN):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, SETUP)
        assert "no-store" in answer["Cache-Control"]
    assert client.get("/dashboard/", follow=True).redirect_chain[-1][0] == SETUP


def test_start_page_leads_there_no_more_once_somebody_has(client: Client, code: str) -> None:
    send(client, code)
    assert Client().get("/").status_code == 200
    assert Client().get(LOGIN).status_code == 200


def test_right_code_makes_the_account_and_signs_in(client: Client, code: str) -> None:
    assert client.get(SETUP).status_code == 200
    answer = send(client, f" {code.upper()} ")
    assert (answer.status_code, answer["Location"]) == (302, "/dashboard/start/")
    person = Person.objects.get()
    assert (person.email, person.name) == ("daisy@acme.example", "Daisy Duck")
    assert person.check_password(PASSWORD)
    assert (person.language, person.time_zone) == ("", "")
    assert client.get("/dashboard/start/").status_code == 200
    sessions = client.get("/dashboard/account/sessions/").content.decode()
    assert sessions.count("127.0.0.1") == 1


def test_screen_is_gone_for_everybody_once_there_is_an_account(acme: Page, code: str) -> None:
    member = Client()
    member.force_login(
        make_membership(acme).person, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    for client in (Client(), member):
        assert client.get(SETUP).status_code == 404
        assert send(client, "wrong").status_code == 404
        assert client.post(SETUP).status_code == 404


def test_who_is_too_late_with_the_right_code_is_told_and_led_to_sign_in(
    client: Client, code: str
) -> None:
    late = Client()
    late.get(SETUP)
    send(client, code)
    answer = late.post(SETUP, {"code": code, **TYPED, "email": "donald@acme.example"}, follow=True)
    assert answer.redirect_chain == [(LOGIN, 302)]
    assert "Somebody else was faster" in answer.content.decode()
    assert list(Person.objects.values_list("email", flat=True)) == ["daisy@acme.example"]


def test_who_loses_within_the_same_moment_is_told_the_same(
    client: Client, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pingpong.dashboard.views import setup

    send(Client(), code)
    answers = iter([False, False])
    monkeypatch.setattr(setup, "has_accounts", lambda: next(answers, True))
    answer = send(client, code)
    assert (answer.status_code, answer["Location"]) == (302, LOGIN)
    assert Person.objects.count() == 1


def test_wrong_code_and_one_of_an_earlier_start_are_refused_alike(
    client: Client, code: str
) -> None:
    first_run.offer_setup(now=utc_now())
    texts = []
    for wrong in (code, "abcd-efgh-ijkl-mnop"):
        answer = send(client, wrong)
        assert answer.status_code == 422
        text = answer.content.decode()
        assert 'value="Daisy Duck"' in text
        assert PASSWORD not in text
        texts.append(text.partition('class="errors"')[2].partition("</p>")[0])
    assert texts[0] == texts[1] != ""
    assert not first_run.has_accounts()


def test_guessing_is_stopped_for_this_address_alone(client: Client, code: str) -> None:
    guesses = [send(client, "wrong").status_code for _ in range(5)]
    assert guesses == [422, 422, 422, 422, 429]
    assert send(client, code).status_code == 429
    assert not first_run.has_accounts()
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert send(elsewhere, code).status_code == 302


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("password", "short"),
        ("password", "password123"),
        ("password", "daisy@acme.example"),
        ("password", ""),
        ("email", "nobody"),
        ("email", ""),
        ("name", ""),
        ("name", "\u200b"),
        ("name", "n" * 151),
        ("code", ""),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_field_and_costs_no_code(
    client: Client, code: str, field: str, text: str
) -> None:
    answer = send(client, **{"code": code, field: text})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert send(client, code).status_code == 302


def test_forms_of_other_sites_are_refused(code: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, code).status_code == 403
    assert not first_run.has_accounts()
