"""Rules in words, and from the fields of the form and back."""

from datetime import UTC

import pytest

from pingpong.dashboard.forms.repeats import fields_of
from pingpong.dashboard.recurrence_words import end_in_words, rule_in_words
from pingpong.maintenance.rule_text import read_rule


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,TH", "Every week: Monday, Thursday", "weekly"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "Every 2 weeks: Monday", "weekly"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "Every month on day 31", "month_day"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day", "month_day"),
        ("FREQ=MONTHLY;BYDAY=2TU", "Every month on the second Tuesday", "month_weekday"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "Every month on the last Friday", "month_weekday"),
        ("FREQ=MONTHLY;BYDAY=5FR", "Every month on the fifth Friday", "custom"),
        ("FREQ=MONTHLY;BYDAY=-2FR", "FREQ=MONTHLY;BYDAY=-2FR", "custom"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "FREQ=MONTHLY;BYMONTHDAY=-2", "custom"),
        ("FREQ=WEEKLY;BYDAY=MO;WKST=SU", "FREQ=WEEKLY;BYDAY=MO;WKST=SU", "custom"),
        ("FREQ=DAILY", "FREQ=DAILY", "custom"),
    ],
)
def test_a_rule_has_words_and_fields(text: str, words: str, kind: str) -> None:
    rule = read_rule(text, UTC)
    assert (rule_in_words(rule), fields_of(rule)["repeats"]) == (words, kind)


@pytest.mark.parametrize(
    ("end", "words", "stops"),
    [
        ("", "", ""),
        (";COUNT=1", "1 time in all", "count"),
        (";COUNT=9", "9 times in all", "count"),
        (";UNTIL=20270301", "until 2027-03-01", "until"),
    ],
)
def test_a_rule_says_when_it_ends(end: str, words: str, stops: str) -> None:
    rule = read_rule(f"FREQ=WEEKLY;BYDAY=MO{end}", UTC)
    assert (end_in_words(rule), fields_of(rule)["stops"]) == (words, stops)
