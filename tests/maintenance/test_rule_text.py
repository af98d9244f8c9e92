"""Which recurrence rules are understood, and what is said of the others."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from factories.moments import wall
from pingpong.maintenance.recurrence import recurrence_of
from pingpong.maintenance.rule_text import RuleInvalidError, RuleProblem, read_rule

BERLIN = ZoneInfo("Europe/Berlin")
START = wall("2026-01-06T02:30")  # a Tuesday


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=WEEKLY;BYDAY=MO,WE"),
        (" rrule:byday=mo,we;freq=weekly; ", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3"),
        ("UNTIL=20260301;FREQ=DAILY", "FREQ=DAILY;UNTIL=20260301T235959"),
        ("FREQ=DAILY;UNTIL=20260301T013000Z", "FREQ=DAILY;UNTIL=20260301T023000"),
        ("FREQ=DAILY;UNTIL=20260301T013000", "FREQ=DAILY;UNTIL=20260301T013000"),
    ],
)
def test_a_rule_is_kept_in_one_way_of_writing(text: str, kept: str) -> None:
    assert read_rule(text, BERLIN).text == kept
    assert read_rule(kept, BERLIN).text == kept


@pytest.mark.parametrize(
    ("text", "problem", "part"),
    [
        ("", RuleProblem.UNREADABLE, ""),
        ("every day", RuleProblem.UNREADABLE, ""),
        ("FREQ=DAILY;FREQ=WEEKLY", RuleProblem.UNREADABLE, ""),
        ("FREQ=DAILY\nDTSTART:20260101", RuleProblem.PART_VALUE, ""),
        ("FREQ=SECONDLY", RuleProblem.FREQUENCY, ""),
        ("FREQ=MINUTELY", RuleProblem.FREQUENCY, ""),
        ("FREQ=HOURLY", RuleProblem.FREQUENCY, ""),
        ("BYDAY=MO", RuleProblem.FREQUENCY, ""),
        ("FREQ=DAILY;BYSECOND=1", RuleProblem.UNKNOWN_PART, "BYSECOND"),
        ("FREQ=DAILY;BYMINUTE=1", RuleProblem.UNKNOWN_PART, "BYMINUTE"),
        ("FREQ=DAILY;BYHOUR=1", RuleProblem.UNKNOWN_PART, "BYHOUR"),
        ("FREQ=YEARLY;BYYEARDAY=1", RuleProblem.UNKNOWN_PART, "BYYEARDAY"),
        ("FREQ=YEARLY;BYEASTER=1", RuleProblem.UNKNOWN_PART, "BYEASTER"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", RuleProblem.UNKNOWN_PART, "BYMONTHDAY"),
        ("FREQ=DAILY;BYSETPOS=1", RuleProblem.UNKNOWN_PART, "BYSETPOS"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20260301", RuleProblem.TWO_ENDS, ""),
        ("FREQ=DAILY;COUNT=0", RuleProblem.PART_VALUE, "COUNT"),
        ("FREQ=DAILY;COUNT=1001", RuleProblem.PART_VALUE, "COUNT"),
        ("FREQ=DAILY;COUNT=9" + "9" * 150, RuleProblem.PART_VALUE, "COUNT"),
        ("FREQ=DAILY;INTERVAL=0", RuleProblem.PART_VALUE, "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=1.5", RuleProblem.PART_VALUE, "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=\u0661", RuleProblem.UNREADABLE, ""),
        ("FREQ=WEEKLY;BYDAY=2MO", RuleProblem.PART_VALUE, "BYDAY"),
        ("FREQ=MONTHLY;BYDAY=6MO", RuleProblem.PART_VALUE, "BYDAY"),
        ("FREQ=MONTHLY;BYDAY=0MO", RuleProblem.PART_VALUE, "BYDAY"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", RuleProblem.PART_VALUE, "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYMONTH=0", RuleProblem.PART_VALUE, "BYMONTH"),
        ("FREQ=DAILY;UNTIL=20260230", RuleProblem.PART_VALUE, "UNTIL"),
        ("FREQ=DAILY;UNTIL=00010101T000000Z", None, ""),
        ("FREQ=DAILY;BYDAY=" + "MO," * 80, RuleProblem.TOO_LONG, ""),
    ],
)
def test_what_is_no_such_rule_is_refused_by_name(
    text: str, problem: RuleProblem | None, part: str
) -> None:
    if problem is None:
        assert read_rule(text, BERLIN).until is not None
        return
    with pytest.raises(RuleInvalidError) as refused:
        read_rule(text, BERLIN)
    if part:
        assert (refused.value.problem, refused.value.part) == (problem, part)
    else:
        assert refused.value.problem in (problem, RuleProblem.UNREADABLE, RuleProblem.FREQUENCY)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYDAY=MO;BYSETPOS=366",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY;UNTIL=20260101",
    ],
)
def test_a_rule_that_fits_no_date_is_refused(text: str) -> None:
    with pytest.raises(RuleInvalidError) as refused:
        recurrence_of(text, "UTC", START)
    assert refused.value.problem == RuleProblem.NO_DATE


def test_an_until_counts_itself() -> None:
    told = recurrence_of("FREQ=DAILY;UNTIL=20260108T023000", "UTC", START)
    assert [slot.day for slot in told.all_slots()] == [6, 7, 8]
    assert told.instant(START) == datetime(2026, 1, 6, 2, 30, tzinfo=UTC)
