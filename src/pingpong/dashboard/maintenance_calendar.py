"""A month of maintenance in the viewer's zone, week by week."""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import get_format

from pingpong.components.days import start_of_day
from pingpong.maintenance.models import Maintenance

# Of one day in the grid; the agenda and the list have all of them.
MOST_OF_DAY = 4
MOST_OF_MONTH = 300
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Entry:
    """A window on a day: `is_start` where it begins on it."""

    window: Maintenance
    is_start: bool
    status: str


@dataclass(frozen=True, slots=True)
class DayCell:
    day: date
    entries: Sequence[Entry]
    is_of_month: bool
    is_today: bool

    @property
    def first(self) -> Sequence[Entry]:
        return self.entries[:MOST_OF_DAY]

    @property
    def more(self) -> int:
        """Return how many there are besides the first ones."""
        return max(0, len(self.entries) - MOST_OF_DAY)


@dataclass(frozen=True, slots=True)
class Month:
    """`weekdays` are pairs of a short name and a full one."""

    first: date
    weekdays: Sequence[tuple[object, object]]
    weeks: Sequence[Sequence[DayCell]]

    @property
    def previous(self) -> str:
        return (self.first - timedelta(days=1)).strftime("%Y-%m")

    @property
    def following(self) -> str:
        return (self.first + timedelta(days=31)).strftime("%Y-%m")

    @property
    def agenda(self) -> list[DayCell]:
        """Return the days of this month on which there is something."""
        days = (cell for week in self.weeks for cell in week)
        return [cell for cell in days if cell.is_of_month and cell.entries]


def month_asked(text: str, today: date) -> date:
    """Return the first day of the month "2026-11", or of today's for what is none."""
    found = _MONTH.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def month_of(page_id: str, first: date, *, zone: tzinfo, now: datetime) -> Month:
    """Read a month. One query."""
    week_start = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7
    grid = calendar.Calendar(week_start).monthdatescalendar(first.year, first.month)
    begins = start_of_day(grid[0][0], zone)
    ends = start_of_day(grid[-1][-1] + timedelta(days=1), zone)
    rows = Maintenance.objects.filter(page_id=page_id, scheduled_for__lt=ends, ends_at__gt=begins)
    by_day = _by_day(rows.order_by("scheduled_for", "pk")[:MOST_OF_MONTH], grid, zone, now)
    today = now.astimezone(zone).date()
    weeks = [
        [DayCell(day, by_day[day], day.month == first.month, day == today) for day in week]
        for week in grid
    ]
    days = calendar.Calendar(week_start).iterweekdays()
    names = [(WEEKDAYS_ABBR[day], WEEKDAYS[day]) for day in days]
    return Month(first, names, weeks)


def _by_day(
    rows: Iterable[Maintenance], grid: list[list[date]], zone: tzinfo, now: datetime
) -> dict[date, list[Entry]]:
    found: dict[date, list[Entry]] = defaultdict(list)
    first, last = grid[0][0], grid[-1][-1]
    for window in rows:
        begins = window.scheduled_for.astimezone(zone).date()
        # What ends at midnight has nothing of the day that begins then.
        ends = (window.ends_at - timedelta(microseconds=1)).astimezone(zone).date()
        day = max(first, begins)
        while day <= min(last, ends):
            found[day].append(Entry(window, day == begins, window.status_at(now)))
            day += timedelta(days=1)
    return found
