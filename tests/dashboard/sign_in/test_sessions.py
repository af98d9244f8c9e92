"""What ends a session, at the next request, and what does not."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client

from fixtures.queries import QueryCount
from pingpong.accounts import people
from pingpong.accounts.models import Person
from pingpong.dashboard.sign_in import session_life
from pingpong.kit.actor import Actor
from pingpong.kit.clock import utc_now
from pingpong.pages.access import change_access
from pingpong.pages.models import Page, Visibility

from .entering import PASSWORD, confirm, is_in, make_person, sign_in, use_app

SESSIONS = "/dashboard/account/sessions/"
OPERATOR = Actor("Operator")


@pytest.fixture
def scrooge(acme: Page) -> Person:
    return make_person(acme)


@pytest.fixture
def here(scrooge: Person) -> Client:
    client = Client(REMOTE_ADDR="198.51.100.7", headers={"user-agent": "X11; Linux Firefox/130"})
    sign_in(client, scrooge.email)
    return client


@pytest.fixture
def there(scrooge: Person) -> Client:
    client = Client(REMOTE_ADDR="203.0.113.9", headers={"user-agent": "iPhone Safari/604"})
    sign_in(client, scrooge.email)
    return client


@pytest.fixture
def stranger_in(acme: Page) -> Client:
    client = Client()
    sign_in(client, make_person(acme, "Gladstone Gander").email)
    return client


def change_password(client: Client, new: str = "another-long-password") -> int:
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    return client.post("/dashboard/account/password/", form).status_code


def test_sessions_are_listed_with_device_and_address(here: Client, there: Client) -> None:
    text = here.get(SESSIONS).content.decode()
    for words in ("Firefox, Linux", "198.51.100.7", "Safari, iPhone", "203.0.113.9", "This one"):
        assert words in text


def test_session_is_ended_by_its_owner(here: Client, there: Client) -> None:
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post(SESSIONS, {"session": other.pk})
    assert (is_in(here), is_in(there)) == (True, False)


@pytest.mark.parametrize("session", ["", "x", "0", "²", "9" * 40])
def test_session_that_does_not_exist_ends_nothing(
    here: Client, there: Client, session: str
) -> None:
    assert here.post(SESSIONS, {"session": session}).status_code == 302
    assert (is_in(here), is_in(there)) == (True, True)


def test_session_of_somebody_else_is_not_ended(here: Client, stranger_in: Client) -> None:
    theirs = UserSession.objects.get(session_key=stranger_in.session.session_key)
    here.post(SESSIONS, {"session": theirs.pk})
    assert is_in(stranger_in)


def test_signing_out_elsewhere_leaves_this_session(
    here: Client, there: Client, stranger_in: Client
) -> None:
    here.post(SESSIONS, {"action": "others"})
    assert (is_in(here), is_in(there), is_in(stranger_in)) == (True, False, True)
    assert here.get(SESSIONS).content.decode().count("This one") == 1
    assert "203.0.113.9" not in here.get(SESSIONS).content.decode()


def test_signing_out_everywhere_ends_this_session_too(here: Client, there: Client) -> None:
    here.post(SESSIONS, {"action": "everywhere"})
    assert (is_in(here), is_in(there)) == (False, False)


def test_new_password_ends_the_other_sessions(here: Client, there: Client) -> None:
    assert change_password(here) == 302
    assert (is_in(here), is_in(there)) == (True, False)


def test_new_password_takes_the_old_one(here: Client, there: Client) -> None:
    form = {"oldpassword": "guess", "password1": "some-long-words", "password2": "some-long-words"}
    assert here.post("/dashboard/account/password/", form).status_code == 422
    assert is_in(there)


@pytest.mark.parametrize("new", ["short", "password123", "scrooge@acme.example"])
def test_password_that_is_easily_guessed_is_refused(here: Client, new: str) -> None:
    assert change_password(here, new) == 422


def test_disabled_account_is_out_at_once(here: Client, scrooge: Person) -> None:
    people.disable(scrooge, by=OPERATOR, now=utc_now())
    assert not is_in(here)
    people.enable(scrooge, by=OPERATOR, now=utc_now())
    assert not is_in(here)


def test_changed_role_ends_sessions(here: Client, there: Client, scrooge: Person) -> None:
    people.end_sessions([scrooge.pk])
    assert (is_in(here), is_in(there)) == (False, False)


@pytest.mark.django_db(transaction=True)  # allauth tells of it when it is committed
def test_new_second_factor_ends_the_other_sessions(here: Client, there: Client) -> None:
    use_app(here)
    assert (is_in(here), is_in(there)) == (True, False)


def test_second_factor_that_is_removed_ends_the_other_sessions(
    here: Client, scrooge: Person
) -> None:
    use_app(here)
    later = Client()
    later.force_login(scrooge, backend=settings.AUTHENTICATION_BACKENDS[1])
    here.post("/dashboard/account/second-factor/app/remove/")
    assert (is_in(here), is_in(later)) == (True, False)


def test_new_address_ends_the_other_sessions(here: Client, there: Client) -> None:
    confirm(here)
    here.post("/dashboard/account/email/", {"email": "rich@acme.example", "action_add": "1"})
    assert (is_in(here), is_in(there)) == (True, False)


def test_idle_session_ends(here: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    began = utc_now()
    monkeypatch.setattr(session_life, "utc_now", lambda: began + timedelta(hours=7, minutes=59))
    assert is_in(here)
    monkeypatch.setattr(session_life, "utc_now", lambda: began + timedelta(hours=15))
    assert is_in(here)
    monkeypatch.setattr(session_life, "utc_now", lambda: began + timedelta(hours=23, minutes=1))
    assert not is_in(here)
    assert not UserSession.objects.exists()


def test_idle_session_ends_although_its_owner_signed_in_elsewhere(
    here: Client, scrooge: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = utc_now()
    Person.objects.filter(pk=scrooge.pk).update(last_login=began + timedelta(hours=9))
    monkeypatch.setattr(session_life, "utc_now", lambda: began + timedelta(hours=9, minutes=1))
    assert not is_in(here)


def test_idle_session_opens_no_page_of_a_team_either(
    here: Client, acme: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_access(acme, visibility=Visibility.TEAM, by=OPERATOR, now=utc_now())
    assert here.get("/s/acme/summary.json").status_code == 200
    began = utc_now()
    monkeypatch.setattr(session_life, "utc_now", lambda: began + timedelta(hours=8, minutes=1))
    assert here.get("/s/acme/summary.json").status_code == 401


def test_page_of_a_team_says_itself_that_the_database_is_away(
    here: Client, acme: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_access(acme, visibility=Visibility.TEAM, by=OPERATOR, now=utc_now())

    def fail(*_args: object, **_kwargs: object) -> None:
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(CursorWrapper, "execute", fail)
        assert here.get("/s/acme/summary.json").status_code == 503
    assert here.get("/s/acme/summary.json").status_code == 200


def test_session_ends_after_two_weeks_however_it_is_used(
    here: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = utc_now()
    for hours in range(0, 14 * 24, 6):
        now = began + timedelta(hours=hours)
        monkeypatch.setattr(session_life, "utc_now", lambda now=now: now)
        assert is_in(here)
    now = began + timedelta(days=14, minutes=1)
    monkeypatch.setattr(session_life, "utc_now", lambda: now)
    assert not is_in(here)


def test_sessions_cost_the_same_for_three_and_for_thirty(
    here: Client, scrooge: Person, query_count: QueryCount
) -> None:
    counts = []
    for number in range(2, 31):
        UserSession.objects.create(user=scrooge, ip="192.0.2.1", session_key=f"other {number}")
        if number in (3, 30):
            with query_count() as counted:
                here.get(SESSIONS)
            counts.append(len(counted))
    assert counts[0] == counts[1] < 20


def test_profile_keeps_what_was_typed_and_tells_what_is_wrong(
    here: Client, scrooge: Person
) -> None:
    path = "/dashboard/account/"
    wrong = here.post(path, {"name": " ", "language": "xx", "time_zone": "Mars/Base"})
    assert wrong.status_code == 422
    right = {"name": "Uncle Scrooge", "language": "de", "time_zone": "Europe/Berlin"}
    assert here.post(path, right).status_code == 302
    scrooge.refresh_from_db()
    assert (scrooge.name, scrooge.language, scrooge.time_zone) == tuple(right.values())
    assert here.get(path).headers["Content-Language"] == "de"
