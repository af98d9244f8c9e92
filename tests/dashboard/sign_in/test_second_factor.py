"""Authenticator apps, recovery codes and passkeys."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from pingpong.accounts.models import Person
from pingpong.pages.models import Page

from .entering import CODE, HOME, code_of, confirm, is_in, make_person, sign_in, use_app

AREA = "/dashboard/account/second-factor/"
CHANGES = [
    ("app/", "POST"),
    ("app/", "GET"),
    ("passkeys/add/", "GET"),
    ("passkeys/add/", "POST"),
]


@pytest.fixture
def scrooge(acme: Page) -> Person:
    return make_person(acme)


@pytest.fixture
def inside(scrooge: Person) -> Client:
    client = Client()
    sign_in(client, scrooge.email)
    return client


def make_passkey(person: Person, name: str = "Phone") -> Authenticator:
    """Return a passkey as far as lists and forms look at it."""
    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)


def test_app_is_asked_for_once_it_is_set_up(inside: Client, scrooge: Person) -> None:
    secret = use_app(inside)
    client = Client()
    assert sign_in(client, scrooge.email)["Location"] == CODE
    assert not is_in(client)
    assert client.post(CODE, {"code": code_of(secret)})["Location"] == HOME
    assert is_in(client)


def test_code_that_was_used_opens_no_second_time_in_any_process(
    inside: Client, scrooge: Person
) -> None:
    secret = use_app(inside)
    code = code_of(secret)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, scrooge.email)
        client.post(CODE, {"code": code})
        cache.clear()  # as another process, which knows nothing of it
    assert (is_in(first), is_in(second)) == (True, False)


def test_wrong_code_is_told_and_nothing_opens(inside: Client, scrooge: Person) -> None:
    secret = use_app(inside)
    client = Client()
    sign_in(client, scrooge.email)
    answer = client.post(CODE, {"code": f"{(int(code_of(secret)) + 1) % 10**6:06}"})
    assert (answer.status_code, is_in(client)) == (422, False)


def test_secrets_are_not_legible_in_the_database(inside: Client, scrooge: Person) -> None:
    secret = use_app(inside)
    stored = list(Authenticator.objects.filter(user=scrooge).values_list("data", flat=True))
    assert len(stored) == 2
    assert secret not in str(stored)


def test_recovery_code_opens_once(inside: Client, scrooge: Person) -> None:
    use_app(inside)
    codes = inside.get(f"{AREA}recovery-codes/download/").content.decode().split()
    assert len(codes) == 10
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, scrooge.email)
        client.post(CODE, {"code": codes[0]})
    assert (is_in(first), is_in(second)) == (True, False)


def test_new_recovery_codes_void_the_old_ones(inside: Client, scrooge: Person) -> None:
    use_app(inside)
    old = inside.get(f"{AREA}recovery-codes/download/").content.decode().split()
    inside.post(f"{AREA}recovery-codes/new/")
    new = inside.get(f"{AREA}recovery-codes/download/").content.decode().split()
    client = Client()
    sign_in(client, scrooge.email)
    client.post(CODE, {"code": old[0]})
    assert not is_in(client)
    client.post(CODE, {"code": new[0]})
    assert is_in(client)


@pytest.mark.parametrize(("path", "method"), CHANGES)
def test_changes_ask_for_the_password_again(inside: Client, path: str, method: str) -> None:
    answer = inside.generic(method, f"{AREA}{path}")
    assert answer["Location"].startswith("/dashboard/account/again/")
    confirm(inside)
    assert inside.generic(method, f"{AREA}{path}").status_code in (200, 422)


def test_password_counts_as_entered_for_five_minutes(inside: Client) -> None:
    confirm(inside)
    assert inside.get(f"{AREA}app/").status_code == 200
    session = inside.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()
    assert inside.get(f"{AREA}app/").status_code == 302


def test_passkeys_of_somebody_else_are_as_if_they_did_not_exist(inside: Client, acme: Page) -> None:
    other = make_person(acme, "Gladstone Gander")
    theirs = make_passkey(other)
    confirm(inside)
    for action in ("remove", "rename"):
        seen = inside.post(f"{AREA}passkeys/{theirs.pk}/{action}/", {"name": "Mine"})
        unknown = inside.post(f"{AREA}passkeys/{theirs.pk + 1}/{action}/", {"name": "Mine"})
        assert (seen.status_code, unknown.status_code) == (404, 404)
    theirs.refresh_from_db()
    assert theirs.data["name"] == "Phone"


def test_passkey_is_renamed_and_removed_by_its_owner(inside: Client, scrooge: Person) -> None:
    passkey = make_passkey(scrooge)
    confirm(inside)
    inside.post(f"{AREA}passkeys/{passkey.pk}/rename/", {"name": "Old phone"})
    assert "Old phone" in inside.get(AREA).content.decode()
    assert inside.get(f"{AREA}passkeys/{passkey.pk}/remove/").status_code == 200
    assert Authenticator.objects.filter(pk=passkey.pk).exists()
    inside.post(f"{AREA}passkeys/{passkey.pk}/remove/")
    assert not Authenticator.objects.filter(pk=passkey.pk).exists()


def test_passkeys_are_bound_to_the_announced_address(inside: Client) -> None:
    confirm(inside)
    page = inside.get(f"{AREA}passkeys/add/", headers={"host": "evil.example"})
    entity = page.context["js_data"]["creation_options"]["publicKey"]["rp"]
    assert entity["id"] == "testserver"


def test_challenge_for_a_passkey_is_given_to_anybody(client: Client, scrooge: Person) -> None:
    options = client.get("/dashboard/account/login/passkey/").json()["request_options"]
    assert options["publicKey"]["userVerification"] == "required"
    assert options["publicKey"]["allowCredentials"] == []


@pytest.mark.parametrize(
    "credential",
    ["", "{}", "[]", "null", '"x"', '{"response": {}}', '{"response": {"userHandle": "eA"}}'],
)
def test_credential_that_is_none_opens_nothing(
    client: Client, scrooge: Person, credential: str
) -> None:
    client.get("/dashboard/account/login/passkey/")
    answer = client.post("/dashboard/account/login/passkey/", {"credential": credential})
    assert (answer.status_code, is_in(client)) == (422, False)


def test_screens_have_no_script_of_their_own(inside: Client) -> None:
    confirm(inside)
    for path in (AREA, f"{AREA}app/", f"{AREA}passkeys/add/", "/dashboard/account/again/passkey/"):
        text = inside.get(path).content.decode()
        scripts = [part.partition(">")[0] for part in text.split("<script")[1:]]
        assert [one for one in scripts if "src=" not in one and "application/json" not in one] == []
        assert (" style=" in text, " onclick=" in text) == (False, False)
