"""429 past a number of requests a minute and token (contract 4b)."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from pytest_django import Settings

from factories.teams import make_token
from fixtures.api_client import ApiClient
from fixtures.cast import Member
from pingpong.api.throttle import forget_counts

BEGINNING_OF_A_MINUTE = datetime(2026, 3, 10, 9, 0, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _three_a_minute(settings: Settings) -> Iterator[None]:
    settings.RATE_LIMIT = 3
    forget_counts()
    yield
    forget_counts()


def asked(who: ApiClient, times: int) -> list[int]:
    return [who.get("/status").status for _ in range(times)]


def test_past_the_limit_it_is_429_and_says_when_to_come_back(owner: Member) -> None:
    with time_machine.travel(BEGINNING_OF_A_MINUTE, tick=False):
        assert asked(owner, 4) == [200, 200, 200, 429]
        answer = owner.get("/status")
    assert (answer.status, answer.headers["Retry-After"]) == (429, "45")
    assert answer.body == {"detail": "Request was throttled. Expected available in 45 seconds."}


def test_the_next_minute_begins_anew(owner: Member) -> None:
    with time_machine.travel(BEGINNING_OF_A_MINUTE, tick=False) as traveller:
        asked(owner, 4)
        traveller.shift(45)
        assert asked(owner, 4) == [200, 200, 200, 429]


def test_the_wait_is_never_nothing(owner: Member) -> None:
    late = BEGINNING_OF_A_MINUTE.replace(second=59, microsecond=999_000)
    with time_machine.travel(late, tick=False):
        asked(owner, 3)
        assert owner.get("/status").headers["Retry-After"] == "1"


def test_every_token_has_its_own_count(owner: Member, viewer: Member) -> None:
    second = ApiClient(make_token(owner.membership))
    with time_machine.travel(BEGINNING_OF_A_MINUTE, tick=False):
        assert asked(owner, 4)[-1] == 429
        assert (asked(second, 3), asked(viewer, 3)) == ([200] * 3, [200] * 3)


def test_refused_requests_without_a_token_count_for_nobody(
    owner: Member, anonymous: ApiClient
) -> None:
    with time_machine.travel(BEGINNING_OF_A_MINUTE, tick=False):
        assert asked(anonymous, 5) == [401] * 5
        assert asked(owner, 3) == [200] * 3


def test_a_request_of_many_points_counts_as_one(owner: Member) -> None:
    with time_machine.travel(BEGINNING_OF_A_MINUTE, tick=False):
        told = [owner.post("/custom-metrics/data", {"data": {}}).status for _ in range(4)]
    assert told == [200, 200, 200, 429]
