"""The dates of a rule, as RFC 5545 counts them.

Libraries look for the next date up to the year 9999: seconds of work for a rule that fits none.
Here a rule is followed for as long as was asked, and no further; tests hold it against a library.
"""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pingpong.components.days import zone_named

from .rule_text import Rule, RuleInvalidError, RuleProblem, read_rule
from .wall_time import instant_of, readings

# A 29 February that is a Monday comes once in 28 years, and in 40 where a leap year is left out.
SEARCHED_YEARS = 40
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule with its first wall time in a zone, and how long each time lasts.

    The time of day stays when clocks change. Where it is skipped, or comes twice (`is_later`
    chooses), see wall_time.instant_of. `ends_before` cuts the rule short; it is no date itself.
    """

    rule: Rule
    zone_name: str
    start: datetime
    is_later: bool = False
    ends_before: datetime | None = None

    def slots(self, *, until: datetime) -> Iterator[datetime]:
        """Return the wall times from the first one to `until`, itself included."""
        if self.ends_before is not None:
            until = min(until, self.ends_before - timedelta(seconds=1))
        for day in days_of(self.rule, self.start.date(), until.date()):
            slot = datetime.combine(day, self.start.time())
            if slot > until or (self.rule.until is not None and slot > self.rule.until):
                return
            yield slot

    def all_slots(self) -> Iterator[datetime]:
        """Return the wall times of the next :data:`SEARCHED_YEARS`."""
        return self.slots(until=self.start + timedelta(days=366 * SEARCHED_YEARS))

    def instant(self, slot: datetime) -> datetime:
        """Return when a slot begins, in UTC."""
        return instant_of(slot, zone_named(self.zone_name), is_later=self.is_later)

    def is_skipped_by_clocks(self, slot: datetime) -> bool:
        """Tell whether clocks are set forward past this slot."""
        return not readings(slot, zone_named(self.zone_name))


def recurrence_of(
    text: str, zone_name: str, start: datetime, *, is_later: bool = False
) -> Recurrence:
    """Read a rule that has at least one date. Raises RuleInvalidError."""
    rule = read_rule(text, zone_named(zone_name))
    found = Recurrence(rule, zone_name, start, is_later)
    if next(found.all_slots(), None) is None:
        raise RuleInvalidError(RuleProblem.NO_DATE)
    return found


def days_of(rule: Rule, start: date, until: date) -> Iterator[date]:
    """Return the days of a rule from its start to `until`, both included."""
    left = rule.count
    for days in _periods(rule, start, until):
        for day in _at_positions(rule, sorted(days)):
            if day < start:
                continue
            if day > until or left == 0:
                return
            yield day
            left = None if left is None else left - 1


def _periods(rule: Rule, start: date, until: date) -> Iterator[Iterable[date]]:
    """Return the fitting days of each day, week, month or year that counts."""
    step = rule.interval
    if rule.frequency in ("DAILY", "WEEKLY"):
        is_weekly = rule.frequency == "WEEKLY"
        back = (start.weekday() - rule.week_start) % 7 if is_weekly else 0
        first, length = start - back * _DAY, 7 if is_weekly else 1
        while first <= until:
            days = (first + number * _DAY for number in range(length))
            yield [day for day in days if _fits(rule, day, start)]
            first += step * length * _DAY
    elif rule.frequency == "MONTHLY":
        for number in range(start.year * 12 + start.month - 1, until.year * 12 + until.month, step):
            yield _of_month(rule, number // 12, number % 12 + 1, start)
    else:
        for year in range(start.year, until.year + 1, step):
            yield _of_year(rule, year, start)


def _fits(rule: Rule, day: date, start: date) -> bool:
    weekdays = {weekday for _ordinal, weekday in rule.weekdays}
    if rule.frequency == "WEEKLY":
        weekdays = weekdays or {start.weekday()}
    return (
        (not rule.months or day.month in rule.months)
        and (not weekdays or day.weekday() in weekdays)
        and (not rule.month_days or _is_month_day(rule.month_days, day))
    )


def _of_month(rule: Rule, year: int, month: int, start: date) -> list[date]:
    if rule.months and month not in rule.months:
        return []
    days = _days_between(date(year, month, 1), _length_of(year, month))
    numbers = rule.month_days
    if not numbers and not rule.weekdays:
        numbers = (start.day,)
    return _narrowed(
        rule, [day for day in days if not numbers or _is_month_day(numbers, day)], days
    )


def _of_year(rule: Rule, year: int, start: date) -> list[date]:
    is_bare = not rule.month_days and not rule.weekdays
    months = rule.months or ((start.month,) if is_bare else ())
    if months:
        of_months = [one for one in range(1, 13) if one in months]
        return [day for one in of_months for day in _of_month(rule, year, one, start)]
    days = _days_between(date(year, 1, 1), 365 + calendar.isleap(year))
    numbers = rule.month_days
    return _narrowed(
        rule, [day for day in days if not numbers or _is_month_day(numbers, day)], days
    )


def _narrowed(rule: Rule, days: list[date], among: list[date]) -> list[date]:
    """Keep the weekdays that are asked for: each of them, or the nth among all days."""
    if not rule.weekdays:
        return days
    wanted = set()
    for ordinal, weekday in rule.weekdays:
        of_kind = [day for day in among if day.weekday() == weekday]
        if not ordinal:
            wanted |= set(of_kind)
        elif abs(ordinal) <= len(of_kind):
            wanted.add(of_kind[ordinal - 1 if ordinal > 0 else ordinal])
    return [day for day in days if day in wanted]


def _at_positions(rule: Rule, days: list[date]) -> list[date]:
    if not rule.positions:
        return days
    count = len(days)
    places = {place - 1 if place > 0 else count + place for place in rule.positions}
    return [days[place] for place in sorted(places) if 0 <= place < count]


def _is_month_day(numbers: tuple[int, ...], day: date) -> bool:
    return day.day in numbers or day.day - _length_of(day.year, day.month) - 1 in numbers


def _length_of(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _days_between(first: date, count: int) -> list[date]:
    return [first + number * _DAY for number in range(count)]
