"""When a token was last used: at most once a minute, never within the request."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from factories.moments import at
from fixtures.cast import Member
from fixtures.queries import QueryCount
from pingpong.teams import usage
from pingpong.teams.models import ApiToken
from pingpong.teams.usage import flush, note_use


@pytest.fixture(autouse=True)
def _nothing_noted() -> Iterator[None]:
    usage._noted.clear()
    yield
    usage._noted.clear()


@pytest.fixture
def token(owner: Member) -> ApiToken:
    return ApiToken.objects.get(membership=owner.membership)


def last_use(token: ApiToken) -> datetime | None:
    return ApiToken.objects.get(pk=token.pk).last_used_at


def test_a_use_is_written_by_the_flush(token: ApiToken) -> None:
    note_use(token, now=at(0))
    assert last_use(token) is None
    assert flush(at(0)) == 1
    assert last_use(token) == at(0)


def test_the_latest_of_several_uses_is_written(token: ApiToken) -> None:
    for minute in (0, 0.2, 0.4):
        note_use(token, now=at(minute))
    assert flush(at(0.5)) == 1
    assert last_use(token) == at(0.4)


def test_nothing_is_written_twice(token: ApiToken) -> None:
    note_use(token, now=at(0))
    assert [flush(at(0)), flush(at(0))] == [1, 0]


@pytest.mark.parametrize(("later", "written"), [(59, 0), (60, 1), (3600, 1)])
def test_a_use_within_a_minute_of_the_written_one_is_not_noted(
    token: ApiToken, later: int, written: int
) -> None:
    token.last_used_at = at(0)
    token.save()
    note_use(token, now=at(0) + timedelta(seconds=later))
    assert flush(at(0) + timedelta(seconds=later)) == written


def test_what_another_process_wrote_a_moment_ago_stays(token: ApiToken) -> None:
    note_use(token, now=at(0))
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=at(0.5))
    assert flush(at(0.9)) == 0
    assert last_use(token) == at(0.5)


def test_a_deleted_token_is_forgotten(token: ApiToken) -> None:
    note_use(token, now=at(0))
    token.delete()
    assert flush(at(0)) == 0


def test_a_request_notes_its_token_and_writes_nothing(
    owner: Member, token: ApiToken, query_count: QueryCount
) -> None:
    with query_count() as counted:
        owner.get("/components")
    assert [one["sql"] for one in counted if not one["sql"].startswith("SELECT")] == []
    assert last_use(token) is None
    assert list(usage._noted) == [token.pk]


def test_a_refused_request_notes_nothing(owner: Member) -> None:
    owner.ask("GET", "/status", authorization="Token wrong")
    assert usage._noted == {}
