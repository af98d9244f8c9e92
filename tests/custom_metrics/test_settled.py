"""Which points are kept, under which minute: a pure function."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.moments import at
from pingpong.custom_metrics.intake import KEPT_FOR, MINUTE_S, settled

NOW = at(0)
NOW_S = int(NOW.timestamp())
OLDEST_S = NOW_S - int(KEPT_FOR.total_seconds())

timestamps = st.integers(OLDEST_S - 3600, NOW_S + 24 * 3600)
points = st.lists(st.tuples(timestamps, st.floats(-1e6, 1e6)), max_size=30)


@pytest.mark.parametrize(
    ("published", "minute"), [(1615387895, 1615387860), (1615387935, 1615387920)]
)
def test_a_published_point_is_cast_to_its_minute(published: int, minute: int) -> None:
    from_then = at(0) - (at(0) - at(0).fromtimestamp(published, tz=at(0).tzinfo))
    assert settled([(published, 11.6)], now=from_then) == {minute: 11.6}


@pytest.mark.parametrize(
    ("timestamp", "is_kept"),
    [(OLDEST_S, True), (OLDEST_S - 1, False), (OLDEST_S + 1, True), (0, False), (NOW_S, True)],
)
def test_a_point_of_exactly_thirty_days_is_kept_and_an_older_one_not(
    timestamp: int, is_kept: bool
) -> None:
    assert bool(settled([(timestamp, 1.0)], now=NOW)) is is_kept


def test_a_fraction_of_the_present_second_does_not_move_the_edge() -> None:
    late = NOW + timedelta(microseconds=999_999)
    assert settled([(OLDEST_S, 1.0)], now=late) == {OLDEST_S - OLDEST_S % 60: 1.0}


def test_the_last_of_a_minute_wins() -> None:
    assert settled([(NOW_S, 1.0), (NOW_S + 59, 2.0), (NOW_S + 60, 3.0)], now=NOW) == {
        NOW_S: 2.0,
        NOW_S + 60: 3.0,
    }


@given(points)
def test_every_kept_point_stands_under_a_whole_minute_at_most_a_minute_back(
    given_points: list[tuple[int, float]],
) -> None:
    found = settled(given_points, now=NOW)
    kept = {when - when % MINUTE_S: value for when, value in given_points if when >= OLDEST_S}
    assert found == kept
    assert all(minute % MINUTE_S == 0 for minute in found)
