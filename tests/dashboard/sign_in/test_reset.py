"""A new password without the old one: by mail, or by a link of the operator's."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client

from fixtures.queries import QueryCount
from pingpong.accounts.models import Letter, Person
from pingpong.accounts.reset_links import make_reset_link
from pingpong.events.models import Event
from pingpong.kit.actor import Actor
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page

from .entering import confirm, is_in, make_person, sign_in
from .test_login import told

RESET = "/dashboard/account/password/reset/"
NEW = "a-new-long-password"
OPERATOR = Actor("Operator")


@pytest.fixture
def scrooge(acme: Page) -> Person:
    return make_person(acme)


@pytest.fixture
def _mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(django_settings, "SMTP_URL", "smtp://mail.example")
    monkeypatch.setattr(django_settings, "BASE_URL", "https://status.acme.example")
    return


def path_in(letter: Letter) -> str:
    """Return the path of the one link in a letter that is not the signature."""
    (link,) = re.findall(r"https://status\.acme\.example(/dashboard/\S+)", letter.text)
    return link


def choose(client: Client, link: str, password: str = NEW) -> int:
    """Open a link and enter a new password; return how that was answered."""
    answer = client.get(link)
    if answer.status_code != 302:
        return answer.status_code
    form = {"password1": password, "password2": password}
    return client.post(answer["Location"], form).status_code


@pytest.mark.usefixtures("_mail")
def test_known_unknown_and_disabled_addresses_are_answered_alike(
    client: Client, scrooge: Person, acme: Page, query_count: QueryCount
) -> None:
    disabled = make_person(acme, "Magica De Spell")
    Person.objects.filter(pk=disabled.pk).update(is_active=False)
    answers = []
    writes = []
    for email in (scrooge.email, "nobody@acme.example", disabled.email):
        with query_count() as counted:
            response = client.post(RESET, {"email": email})
        answers.append((*told(response), response["Location"]))
        writes.append([one["sql"].split()[0] for one in counted if "INSERT" in one["sql"]])
    assert answers[0] == answers[1] == answers[2]
    assert writes[0] == writes[1] == writes[2] == ["INSERT"]
    texts = Letter.objects.order_by("pk").values_list("text", flat=True)
    assert ["/key/" in text for text in texts] == [True, False, False]


@pytest.mark.usefixtures("_mail")
def test_letter_leads_to_a_new_password_once(client: Client, scrooge: Person) -> None:
    client.post(RESET, {"email": scrooge.email.upper()})
    letter = Letter.objects.get()
    assert letter.to == scrooge.email
    link = path_in(letter)
    assert choose(client, link) == 302
    assert choose(Client(), link) == 200
    sign_in(client, scrooge.email, NEW)
    assert is_in(client)


@pytest.mark.usefixtures("_mail")
def test_new_password_ends_every_session(client: Client, scrooge: Person) -> None:
    elsewhere = Client()
    sign_in(elsewhere, scrooge.email)
    client.post(RESET, {"email": scrooge.email})
    choose(client, path_in(Letter.objects.get()))
    assert not is_in(elsewhere)


def test_link_is_void_for_another_account(client: Client, scrooge: Person, acme: Page) -> None:
    other = make_person(acme, "Flintheart Glomgold")
    link = make_reset_link(scrooge, by=OPERATOR, now=utc_now())
    path = link.removeprefix(django_settings.BASE_URL)
    assert choose(client, path.replace(scrooge.pk, other.pk)) == 200
    assert choose(client, path) == 302


def test_link_is_void_after_signing_in_or_a_new_password(client: Client, scrooge: Person) -> None:
    link = make_reset_link(scrooge, by=OPERATOR, now=utc_now())
    sign_in(Client(), scrooge.email)
    assert choose(client, link.removeprefix(django_settings.BASE_URL)) == 200


def test_link_is_void_after_a_day(
    client: Client, scrooge: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = make_reset_link(scrooge, by=OPERATOR, now=utc_now())
    monkeypatch.setattr(django_settings, "PASSWORD_RESET_TIMEOUT", -1)
    assert choose(client, link.removeprefix(django_settings.BASE_URL)) == 200


def test_link_of_the_operator_is_audited(client: Client, scrooge: Person) -> None:
    link = make_reset_link(scrooge, by=OPERATOR, now=utc_now())
    event = Event.objects.filter(subject_id=scrooge.pk).latest("pk")
    assert (event.kind, event.actor, event.data) == ("person.reset_link_made", "Operator", {})
    assert choose(client, link.removeprefix(django_settings.BASE_URL)) == 302


@pytest.mark.usefixtures("_mail")
def test_address_counts_once_it_is_verified(client: Client, scrooge: Person) -> None:
    sign_in(client, scrooge.email)
    confirm(client)
    client.post("/dashboard/account/email/", {"email": "rich@acme.example", "action_add": "1"})
    scrooge.refresh_from_db()
    assert scrooge.email == "scrooge@acme.example"
    link = path_in(Letter.objects.get(to="rich@acme.example"))
    assert client.get(link).status_code == 200
    scrooge.refresh_from_db()
    assert scrooge.email == "scrooge@acme.example"
    client.post(link)
    scrooge.refresh_from_db()
    assert scrooge.email == "rich@acme.example"
    told_before = Letter.objects.filter(to="scrooge@acme.example").get()
    assert "rich@acme.example" in told_before.text


@pytest.mark.usefixtures("_mail")
def test_verifying_by_the_link_elsewhere_ends_every_session(
    client: Client, scrooge: Person
) -> None:
    sign_in(client, scrooge.email)
    confirm(client)
    client.post("/dashboard/account/email/", {"email": "rich@acme.example", "action_add": "1"})
    Client().post(path_in(Letter.objects.get(to="rich@acme.example")))
    assert not is_in(client)


def test_address_is_not_changed_before_the_password_is_entered_again(
    client: Client, scrooge: Person
) -> None:
    sign_in(client, scrooge.email)
    form = {"email": "rich@acme.example", "action_add": "1"}
    asked = client.post("/dashboard/account/email/", form)
    assert asked["Location"].startswith("/dashboard/account/again/")
    scrooge.refresh_from_db()
    assert scrooge.email == "scrooge@acme.example"


def test_address_of_another_account_is_refused(client: Client, scrooge: Person, acme: Page) -> None:
    other = make_person(acme, "Flintheart Glomgold")
    sign_in(client, scrooge.email)
    confirm(client)
    form = {"email": other.email.upper(), "action_add": "1"}
    assert client.post("/dashboard/account/email/", form).status_code == 422


def test_reset_without_a_mail_server_tells_whom_to_ask(client: Client, scrooge: Person) -> None:
    assert "pingpong user reset-link" in client.get(RESET).content.decode()
    answers = [client.post(RESET, {"email": email}) for email in (scrooge.email, "x@y.example")]
    assert [told(one) for one in answers] == [told(answers[0])] * 2
    assert not Letter.objects.exists()


@pytest.mark.usefixtures("_mail")
def test_asking_for_letters_again_and_again_is_held_back(client: Client, scrooge: Person) -> None:
    cache.clear()
    statuses = [client.post(RESET, {"email": scrooge.email}).status_code for _ in range(6)]
    assert statuses == [302, 302, 302, 302, 302, 429]
