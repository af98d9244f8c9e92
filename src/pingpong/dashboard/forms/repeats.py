"""How often work comes again, as fields; a rule of one's own as text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.translation import gettext_lazy as _

from pingpong.dashboard.recurrence_words import (
    is_day_of_month,
    is_nth_weekday,
    is_weekly,
    problem_in_words,
)
from pingpong.maintenance.recurrence import Recurrence, recurrence_of
from pingpong.maintenance.rule_text import (
    MOST_CHARACTERS,
    MOST_COUNT,
    WEEKDAYS,
    Rule,
    RuleInvalidError,
    RuleProblem,
)

from .text_fields import LineField

ONCE = ""
REPEATS = [
    (ONCE, _("Once")),
    ("weekly", _("Every week")),
    ("month_day", _("Every month on a day")),
    ("month_weekday", _("Every month on a weekday")),
    ("custom", _("By a rule of your own")),
]
STOPS = [
    ("", _("Never: until somebody ends it")),
    ("until", _("After a day")),
    ("count", _("After a number of times")),
]
_DAYS = [(code, DAY_NAMES[number]) for number, code in enumerate(WEEKDAYS)]
_MONTH_DAYS = [
    ("", _("As at the start")),
    *((str(number), str(number)) for number in range(1, 32)),
    ("-1", _("The last day")),
]
_NTH = [
    ("", _("As at the start")),
    ("1", _("First")),
    ("2", _("Second")),
    ("3", _("Third")),
    ("4", _("Fourth")),
    ("-1", _("Last")),
]
# The fifth of a month is its last one; not each month has it.
_NTH_CODES = ("1", "2", "3", "4", "-1")
_USED = {
    ONCE: set[str](),
    "weekly": {"every", "weekdays", "stops"},
    "month_day": {"month_day", "stops"},
    "month_weekday": {"nth", "weekday", "stops"},
    "custom": {"rule"},
}


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RepeatsForm(forms.Form):
    """What is left empty follows from the start: its weekday, its day of the month."""

    repeats = forms.ChoiceField(
        choices=REPEATS, required=False, label=_("Repeats"), widget=forms.RadioSelect
    )
    every = forms.IntegerField(
        min_value=1, max_value=52, required=False, label=_("Weeks from one to the next")
    )
    weekdays = forms.MultipleChoiceField(
        choices=_DAYS,
        required=False,
        label=_("On"),
        help_text=_("None chosen means the weekday of the start."),
        widget=forms.CheckboxSelectMultiple,
    )
    month_day = forms.ChoiceField(
        choices=_MONTH_DAYS,
        required=False,
        label=_("Day of the month"),
        help_text=_("Months without this day are left out."),
    )
    nth = forms.ChoiceField(choices=_NTH, required=False, label=_("Which one of the month"))
    weekday = forms.ChoiceField(
        choices=[("", _("As at the start")), *_DAYS], required=False, label=_("Weekday")
    )
    rule = LineField(
        max_length=MOST_CHARACTERS,
        required=False,
        label=_("Rule"),
        help_text=_(
            "A recurrence rule as calendars write it (RRULE), by days, weeks, months or years: "
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
        ),
    )
    stops = forms.ChoiceField(
        choices=STOPS, required=False, label=_("Stops"), widget=forms.RadioSelect
    )
    until = forms.DateField(
        required=False, label=_("The last day"), widget=Day, input_formats=["%Y-%m-%d"]
    )
    count = forms.IntegerField(
        min_value=1, max_value=MOST_COUNT, required=False, label=_("How many times")
    )

    def recurrence_from(
        self, start: datetime, zone_name: str, *, is_later: bool
    ) -> Recurrence | None:
        """Return how it repeats, None for once or with errors beside the fields."""
        told = self.cleaned_data
        kind = told.get("repeats") or ONCE
        used = self._forget_unused(kind)
        if kind == ONCE or used & self.errors.keys():
            return None
        text = told["rule"] if kind == "custom" else self._rule_of(kind, start)
        if not text:
            self.add_error("rule", _("Write a rule, or choose another way to repeat."))
            return None
        if kind != "custom":
            end = self._end()
            if end is None:
                return None
            text += end
        try:
            return recurrence_of(text, zone_name, start, is_later=is_later)
        except RuleInvalidError as problem:
            is_end = kind != "custom" and problem.problem == RuleProblem.NO_DATE
            self.add_error("until" if is_end else "rule", problem_in_words(problem))
            return None

    def _forget_unused(self, kind: str) -> set[str]:
        """Drop what is wrong in fields that are not shown; return the names of the others."""
        used = set(_USED[kind])
        if "stops" in used:
            used.add(self.cleaned_data.get("stops") or "stops")
        for name in RepeatsForm.base_fields.keys() - used - {"repeats"}:
            self.errors.pop(name, None)
        return used

    def _rule_of(self, kind: str, start: datetime) -> str:
        told = self.cleaned_data
        weekday = WEEKDAYS[start.weekday()]
        if kind == "weekly":
            days = ",".join(told["weekdays"] or [weekday])
            return f"FREQ=WEEKLY;INTERVAL={told['every'] or 1};BYDAY={days}"
        if kind == "month_day":
            return f"FREQ=MONTHLY;BYMONTHDAY={told['month_day'] or start.day}"
        nth = told["nth"] or _NTH_CODES[(start.day - 1) // 7]
        return f"FREQ=MONTHLY;BYDAY={nth}{told['weekday'] or weekday}"

    def _end(self) -> str | None:
        told = self.cleaned_data
        stops = told["stops"]
        if not stops:
            return ""
        if told.get(stops) is None:
            if stops not in self.errors:
                self.add_error(stops, _("Fill this in, or choose another end."))
            return None
        if stops == "count":
            return f";COUNT={told['count']}"
        return f";UNTIL={told['until']:%Y%m%d}"


def fields_of(rule: Rule) -> Mapping[str, Any]:
    """Return what the fields begin with, to say what a rule says."""
    codes = [WEEKDAYS[day] for _ordinal, day in rule.weekdays]
    found: dict[str, Any] = {"every": rule.interval, "stops": ""}
    if rule.count is not None:
        found |= {"stops": "count", "count": rule.count}
    elif rule.until is not None:
        found |= {"stops": "until", "until": rule.until.date()}
    if is_weekly(rule):
        return found | {"repeats": "weekly", "weekdays": codes}
    if is_day_of_month(rule):
        return found | {"repeats": "month_day", "month_day": str(rule.month_days[0])}
    if is_nth_weekday(rule) and str(rule.weekdays[0][0]) in _NTH_CODES:
        nth = str(rule.weekdays[0][0])
        return found | {"repeats": "month_weekday", "nth": nth, "weekday": codes[0]}
    return {"repeats": "custom", "rule": rule.text, "every": 1, "stops": ""}
