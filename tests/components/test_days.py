from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from pingpong.components.days import Days, start_of_day, zone_named


def _lengths(days: Days) -> dict[date, timedelta]:
    return {
        day: end - start for day, (start, end) in zip(days.dates, pairwise(days.edges), strict=True)
    }


def test_days_end_at_midnight_and_the_last_one_now() -> None:
    now = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
    days = Days.until(now, zone=UTC, count=3)
    assert days.dates == (date(2026, 3, 8), date(2026, 3, 9), date(2026, 3, 10))
    assert days.edges == (
        datetime(2026, 3, 8, tzinfo=UTC),
        datetime(2026, 3, 9, tzinfo=UTC),
        datetime(2026, 3, 10, tzinfo=UTC),
        now,
    )
    assert days.next_midnight == datetime(2026, 3, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Europe/Berlin", date(2026, 5, 1), 24),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("America/Havana", date(2026, 3, 8), 23),
        ("Pacific/Apia", date(2011, 12, 30), 0),
    ],
)
def test_day_is_as_long_as_its_zone_makes_it(zone: str, day: date, hours: float) -> None:
    now = datetime.combine(day + timedelta(days=2), datetime.min.time(), tzinfo=UTC)
    days = Days.until(now, zone=ZoneInfo(zone), count=5)
    assert _lengths(days)[day] == timedelta(hours=hours)


def test_day_belongs_to_the_zone_not_to_utc() -> None:
    now = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)
    assert Days.until(now, zone=ZoneInfo("Asia/Tokyo"), count=1).dates == (date(2026, 3, 11),)


def test_skipped_midnight_is_the_jump_itself() -> None:
    start = start_of_day(date(2026, 3, 8), ZoneInfo("America/Havana"))
    assert start == datetime(2026, 3, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "Europe", "a\0b"])
def test_unknown_zone_is_utc(name: str) -> None:
    assert zone_named(name) is UTC
