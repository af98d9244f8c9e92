import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries, Settings

from factories.teams import make_token
from fixtures.cast import Member
from pingpong.events.kinds import Kind
from pingpong.events.models import Event
from pingpong.kit.clock import utc_now
from pingpong.kit.secrets import SecretUnreadableError
from pingpong.teams.models import ApiToken
from pingpong.teams.tokens import authenticate, issue_token, reveal_token, revoke_token

NO_TOKENS = ("", " ", "0", "x" * 201, "sp_" + "0" * 32, "\0", "\xff\xfe", "\ud800", "' OR 1=1 --")


def row_of(text: str) -> ApiToken:
    token = authenticate(text)
    assert token is not None
    return token


def test_a_token_is_64_hex_characters(owner: Member) -> None:
    assert re.fullmatch("[0-9a-f]{64}", owner.token or "")


def test_a_token_leads_to_its_page_and_person_in_one_query(
    owner: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        token = row_of(owner.token)
        found = (token.membership.page, token.membership.person, token.membership.role)
    assert found == (owner.page, owner.person, "owner")


@pytest.mark.parametrize("text", NO_TOKENS, ids=repr)
def test_any_other_text_is_no_token(owner: Member, text: str) -> None:
    assert authenticate(text) is None


def test_a_token_counts_exactly_as_it_is_written(owner: Member) -> None:
    text = owner.token
    assert [authenticate(one) for one in (text.upper(), text + " ", text[:-1], text + "0")] == [
        None
    ] * 4


def test_a_revealed_token_is_the_issued_one(owner: Member) -> None:
    assert reveal_token(row_of(owner.token), by=owner.actor, now=utc_now()) == owner.token


def test_another_rows_ciphertext_reveals_nothing(owner: Member, viewer: Member) -> None:
    mine, theirs = row_of(owner.token), row_of(viewer.token)
    mine.ciphertext = theirs.ciphertext
    with pytest.raises(SecretUnreadableError):
        reveal_token(mine, by=owner.actor, now=utc_now())


def test_another_master_key_opens_nothing(owner: Member, settings: Settings) -> None:
    token = row_of(owner.token)
    settings.SECRET_KEY = "another master key"
    assert authenticate(owner.token) is None
    with pytest.raises(SecretUnreadableError):
        reveal_token(token, by=owner.actor, now=utc_now())


def test_a_token_is_revoked_once(owner: Member) -> None:
    token = row_of(owner.token)
    first = revoke_token(token, by=owner.actor, now=utc_now())
    second = revoke_token(token, by=owner.actor, now=utc_now())
    assert (first, second, authenticate(owner.token)) == (True, False, None)


def test_a_second_token_outlives_the_first(owner: Member) -> None:
    second = make_token(owner.membership)
    revoke_token(row_of(owner.token), by=owner.actor, now=utc_now())
    assert row_of(second).membership == owner.membership


def test_the_journal_tells_of_tokens_without_their_texts(owner: Member) -> None:
    token, text = issue_token(owner.membership, name="CI", by=owner.actor, now=utc_now())
    reveal_token(token, by=owner.actor, now=utc_now())
    revoke_token(token, by=owner.actor, now=utc_now())
    events = list(Event.objects.filter(subject_id=token.pk).order_by("id"))
    assert [event.kind for event in events] == [
        Kind.TOKEN_ISSUED,
        Kind.TOKEN_REVEALED,
        Kind.TOKEN_REVOKED,
    ]
    assert {event.actor_id for event in events} == {owner.person.pk}
    assert text not in repr([vars(event) for event in events])


@pytest.mark.django_db(transaction=True)
def test_no_row_of_the_database_holds_a_token(owner: Member, viewer: Member) -> None:
    tokens = [owner.token, viewer.token]
    owner.get("/status")
    stored = repr(list(_every_row()))
    assert [token for token in tokens if token in stored or token.encode().hex() in stored] == []


def _every_row() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- our own tables
            rows += [
                tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor
            ]
    return rows


@pytest.mark.django_db(transaction=True)
def test_no_file_of_the_database_holds_a_token(owner: Member) -> None:
    if connection.vendor != "sqlite":
        return  # the rows were looked at; another engine's files are its own
    name = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(name)) as other:
        found = other.execute("SELECT count(*) FROM teams_apitoken").fetchone()
    assert found[0] > 0
    for suffix in ("", "-wal"):
        assert owner.token.encode() not in Path(name + suffix).read_bytes()
