"""When planned work is, in the viewer's zone and in the page's, side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from pingpong.components.days import zone_named
from pingpong.maintenance.models import MaintenanceSeries
from pingpong.maintenance.planning import recurrence_in
from pingpong.maintenance.recurrence import Recurrence
from pingpong.maintenance.wall_time import instant_of

from .forms.maintenance import MaintenanceForm, viewer_zone
from .forms.wall_times import READING

SHOWN_DATES = 5


@dataclass(frozen=True, slots=True)
class TwoTimes:
    """One window, in the viewer's zone and the page's; `is_skipped`: clocks jump over its start."""

    begins: datetime
    ends: datetime
    begins_on_page: datetime
    ends_on_page: datetime
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class TimeTable:
    """Windows in two zones; `has_more`: the rule goes on after them."""

    zone: str
    page_zone: str
    rows: Sequence[TwoTimes]
    has_more: bool = False

    @property
    def is_one_zone(self) -> bool:
        return self.zone == self.page_zone


def table_of_window(begins: datetime, ends: datetime, page_zone: str) -> TimeTable:
    """Return the one window, in the viewer's zone and the page's."""
    return _table([(begins, ends, False)], viewer_zone(), page_zone)


def table_of_form(form: MaintenanceForm, page_zone: str) -> TimeTable | None:
    """Return what a form would plan, the first dates of what repeats; None while times are wrong.

    Beside the page's zone it is the one that times were typed in, or else the viewer's.
    """
    if not form.is_bound:
        return _begun_with(form, page_zone)
    if not form.has_times or form.begins is None or form.ends_at is None:
        return None
    chosen = form.cleaned_data["zone"]
    zone = viewer_zone() if chosen == page_zone else chosen
    if form.recurrence is None:
        return _table([(form.begins, form.ends_at, False)], zone, page_zone)
    return _repeated(form.recurrence, form.minutes, form.recurrence.all_slots(), zone, page_zone)


def table_of_series(series: MaintenanceSeries, page_zone: str, *, now: datetime) -> TimeTable:
    """Return the next dates of a series; those that were left out are among them."""
    recurrence = recurrence_in(series)
    coming = (slot for slot in recurrence.all_slots() if recurrence.instant(slot) > now)
    return _repeated(recurrence, series.minutes, coming, viewer_zone(), page_zone)


def _begun_with(form: MaintenanceForm, page_zone: str) -> TimeTable:
    zone = form.zone_in(form.initial)
    begins, ends = (
        instant_of(form.initial[name], zone, is_later=form.initial.get(name + READING) == "1")
        for name in ("starts", "ends")
    )
    here = viewer_zone() if zone.key == page_zone else zone.key
    return _table([(begins, ends, False)], here, page_zone)


def _repeated(
    recurrence: Recurrence, minutes: int, slots: Iterator[datetime], zone: str, page_zone: str
) -> TimeTable:
    lasts = timedelta(minutes=minutes)
    some = list(islice(slots, SHOWN_DATES + 1))
    found = []
    for slot in some[:SHOWN_DATES]:
        begins = recurrence.instant(slot)
        found.append((begins, begins + lasts, recurrence.is_skipped_by_clocks(slot)))
    return _table(found, zone, page_zone, has_more=len(some) > SHOWN_DATES)


def _table(
    windows: Sequence[tuple[datetime, datetime, bool]],
    zone: str,
    page_zone: str,
    *,
    has_more: bool = False,
) -> TimeTable:
    here, there = zone_named(zone), zone_named(page_zone)
    rows = [
        TwoTimes(
            begins=begins.astimezone(here),
            ends=ends.astimezone(here),
            begins_on_page=begins.astimezone(there),
            ends_on_page=ends.astimezone(there),
            is_skipped=is_skipped,
        )
        for begins, ends, is_skipped in windows
    ]
    return TimeTable(zone, page_zone, rows, has_more)
