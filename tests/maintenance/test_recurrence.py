"""The dates of a rule against those of a library, and what clocks do to them."""

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from factories.moments import wall
from pingpong.maintenance.recurrence import recurrence_of
from pingpong.maintenance.rule_text import RuleInvalidError, read_rule

RULES = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3;BYMONTH=1,2,12",
    "FREQ=DAILY;BYDAY=SA,SU;BYMONTHDAY=1,-1",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
    "FREQ=WEEKLY;BYMONTH=3;COUNT=9",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYMONTHDAY=-1,15",
    "FREQ=MONTHLY;INTERVAL=5;BYDAY=2TU,-1FR",
    "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=5MO;BYMONTH=2",
    "FREQ=YEARLY",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;INTERVAL=2;BYDAY=20MO,-1SU",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
    "FREQ=YEARLY;BYDAY=TH;BYSETPOS=1,-1",
    "FREQ=YEARLY;BYMONTHDAY=1;BYSETPOS=2",
    "FREQ=DAILY;UNTIL=20300105",
]


@given(
    rule=st.sampled_from(RULES),
    start=st.datetimes(wall("2024-01-01T00:00"), wall("2029-12-31T00:00")).map(
        lambda at: at.replace(second=0, microsecond=0)
    ),
)
def test_the_dates_are_those_that_a_library_finds(rule: str, start: datetime) -> None:
    until = start + timedelta(days=366 * 6)
    expected = rrulestr(read_rule(rule, UTC).text, dtstart=start).between(start, until, inc=True)
    try:
        found = list(recurrence_of(rule, "UTC", start).slots(until=until))
    except RuleInvalidError:
        found = []
    assert found == expected


@pytest.mark.parametrize(
    ("zone", "start", "utc"),
    [
        # Set forward on 29 March 2026: 03:00 stays 03:00.
        ("Europe/Berlin", "2026-03-22T03:00", ["22T02:00", "29T01:00", "05T01:00"]),
        # Set back on 25 October 2026.
        ("Europe/Berlin", "2026-10-18T03:00", ["18T01:00", "25T02:00", "01T02:00"]),
        ("America/New_York", "2026-03-01T22:00", ["02T03:00", "09T02:00", "16T02:00"]),
        ("America/New_York", "2026-10-25T22:00", ["26T02:00", "02T03:00", "09T03:00"]),
        # Sydney's summer ends on 5 April and begins on 4 October 2026.
        ("Australia/Sydney", "2026-03-29T12:00", ["29T01:00", "05T02:00", "12T02:00"]),
        ("Australia/Sydney", "2026-09-27T12:00", ["27T02:00", "04T01:00", "11T01:00"]),
        # In the gap: as much later as clocks are set forward.
        ("Europe/Berlin", "2026-03-22T02:30", ["22T01:30", "29T01:30", "05T00:30"]),
        ("America/New_York", "2026-03-01T02:30", ["01T07:30", "08T07:30", "15T06:30"]),
        ("Australia/Sydney", "2026-09-27T02:30", ["26T16:30", "03T16:30", "10T15:30"]),
        # Twice: the first of the two.
        ("Europe/Berlin", "2026-10-18T02:30", ["18T00:30", "25T00:30", "01T01:30"]),
        ("America/New_York", "2026-10-25T01:30", ["25T05:30", "01T05:30", "08T06:30"]),
        ("Australia/Sydney", "2026-03-29T02:30", ["28T15:30", "04T15:30", "11T16:30"]),
        # The very first date is skipped, or comes twice.
        ("Europe/Berlin", "2026-03-29T02:30", ["29T01:30", "05T00:30", "12T00:30"]),
        ("Europe/Berlin", "2026-10-25T02:30", ["25T00:30", "01T01:30", "08T01:30"]),
    ],
)
def test_the_time_of_day_stays_when_clocks_change(zone: str, start: str, utc: list[str]) -> None:
    told = recurrence_of("FREQ=WEEKLY", zone, wall(start))
    slots = list(islice(told.all_slots(), 3))
    assert {slot.time() for slot in slots} == {told.start.time()}
    assert [told.instant(slot).strftime("%dT%H:%M") for slot in slots] == utc


def test_the_later_of_two_times_can_be_meant() -> None:
    start = wall("2026-10-25T02:30")
    told = recurrence_of("FREQ=WEEKLY", "Europe/Berlin", start, is_later=True)
    assert told.instant(start) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_skipped_time_is_known_as_such() -> None:
    told = recurrence_of("FREQ=WEEKLY", "Europe/Berlin", wall("2026-03-22T02:30"))
    slots = islice(told.all_slots(), 3)
    assert [told.is_skipped_by_clocks(slot) for slot in slots] == [False, True, False]


def test_months_without_a_31st_are_left_out() -> None:
    told = recurrence_of("FREQ=MONTHLY;BYMONTHDAY=31", "Europe/Berlin", wall("2026-01-31T02:00"))
    assert [slot.month for slot in islice(told.all_slots(), 5)] == [1, 3, 5, 7, 8]


def test_the_last_day_is_one_of_every_month_and_of_leap_years() -> None:
    told = recurrence_of("FREQ=MONTHLY;BYMONTHDAY=-1", "UTC", wall("2028-01-15T02:00"))
    assert [slot.day for slot in islice(told.all_slots(), 4)] == [31, 29, 31, 30]


def test_a_leap_day_comes_back_in_leap_years() -> None:
    told = recurrence_of("FREQ=YEARLY", "UTC", wall("2024-02-29T02:00"))
    assert [slot.year for slot in islice(told.all_slots(), 3)] == [2024, 2028, 2032]
