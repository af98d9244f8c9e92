"""The list of a page's monitors: searched, filtered by state, in pages, with bars of 30 days."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from pingpong.components.days import Days, zone_named
from pingpong.kit.text import clean_line
from pingpong.monitors import queries
from pingpong.monitors.daily import days_of
from pingpong.monitors.looks import NO_LOOKS, looks_at
from pingpong.monitors.models import Monitor
from pingpong.pages.models import Page

from .day_strip import draw_days
from .monitor_standing import MonitorNow, now_of
from .monitor_words import KIND_WORDS, STANDING_WORDS, Standing

PER_PAGE = 50
SEARCH_LENGTH = 100
DAYS = 30
# What wants to be seen first.
_ORDER = {one: place for place, one in enumerate(Standing)}


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter: its words, how many there are, and where it leads."""

    label: object
    count: int
    query: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One monitor of the list, with its past."""

    now: MonitorNow
    kind: object
    uptime: Decimal | None
    strip: SafeString


@dataclass(frozen=True, slots=True)
class MonitorList:
    chips: list[Chip]
    rows: list[Row]
    place: "PageOfRows[MonitorNow]"
    search: str
    shown: str
    query: str

    @property
    def is_filtered(self) -> bool:
        return bool(self.search or self.shown)


def list_monitors(page: Page, asked: QueryDict, *, now: datetime) -> MonitorList:
    """Return what `?state=`, `?q=` and `?page=` ask for. Seven queries at most."""
    search = clean_line(asked.get("q", "").replace("\0", ""))[:SEARCH_LENGTH]
    shown = asked.get("state", "")
    shown = shown if shown in set(Standing) else ""
    found = _found(page.pk, search)
    some = [one for one in found if shown in ("", one.standing)]
    place = Paginator(some, PER_PAGE).get_page(asked.get("page"))
    return MonitorList(
        chips=list(_chips(found, search, shown)),
        rows=_with_past(place.object_list, page, now),
        place=place,
        search=search,
        shown=shown,
        query=_query(state=shown, q=search),
    )


def _found(page_id: str, search: str) -> list[MonitorNow]:
    rows = queries.full(page_id)
    if search:
        rows = rows.filter(
            Q(name__icontains=search)
            | Q(url__icontains=search)
            | Q(component__name__icontains=search)
        )
    monitors: list[Monitor] = list(rows)
    looks = looks_at([one.pk for one in monitors]) if monitors else {}
    found = [now_of(one, looks.get(one.pk, NO_LOOKS)) for one in monitors]
    return sorted(found, key=lambda one: _ORDER[one.standing])


def _chips(found: Iterable[MonitorNow], search: str, shown: str) -> Iterable[Chip]:
    counts = Counter(one.standing for one in found)
    everything = pgettext_lazy("monitors", "All")
    yield Chip(everything, counts.total(), _query(q=search), not shown)
    for one in Standing:
        if counts[one] or one == shown:
            label = STANDING_WORDS[one]
            yield Chip(label, counts[one], _query(state=one, q=search), one == shown)


def _with_past(some: Iterable[MonitorNow], page: Page, now: datetime) -> list[Row]:
    shown = list(some)
    days = Days.until(now, zone=zone_named(page.time_zone), count=DAYS)
    past = days_of([one.monitor.pk for one in shown], days) if shown else {}
    rows = []
    for one in shown:
        known = past.get(one.monitor.pk)
        uptime = known.uptime if known else None
        strip = draw_days(known.days, uptime) if known else SafeString("")
        rows.append(Row(one, KIND_WORDS[one.monitor.kind], uptime, strip))
    return rows


def _query(**asked: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in asked.items() if value})
    return query.urlencode()
