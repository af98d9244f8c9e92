"""What a public page shows of its monitors, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import F

from pingpong.monitors.daily import days_of
from pingpong.monitors.models import (
    INTERVALS_S,
    Monitor,
    MonitorKind,
    MonitorState,
    RawOutcome,
    Showcase,
    Verdict,
    Watch,
)
from pingpong.monitors.watches import is_idle
from pingpong.pages.models import Page
from pingpong.probe.contract import UP

from .days import Days
from .history import DayBar, History, of_tallies

SHOWS_UPTIME = frozenset({Showcase.UPTIME.value, Showcase.UPTIME_AND_RESPONSE_TIME.value})
SHOWS_RESPONSE_TIME = frozenset(
    {Showcase.RESPONSE_TIME.value, Showcase.UPTIME_AND_RESPONSE_TIME.value}
)
# What a probe calls its machine when it runs beside the engine.
LOCAL_VANTAGE = "local"


class Present(StrEnum):
    """How a monitor is now. Unknown, paused and idle are neither up nor down."""

    UP = "up"
    DOWN = "down"
    UNKNOWN = "unknown"
    PAUSED = "paused"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class MonitorSummary:
    """A showcased monitor; what its owner does not show is None or empty.

    `component_id` is that of a component which is shown. `since` is when the present state began.
    `response_time_ms` is that of the newest check, None where that did not succeed. A heartbeat
    that is late was not checked, so that `checked_at` is None. `places` are the locations that
    were asked for, if all of them are in truth one place. `due_at` is when it is looked at next.
    """

    id: str
    name: str
    description: str | None
    component_id: str | None
    is_heartbeat: bool
    interval_s: int
    state: Present
    since: datetime | None
    shows_uptime: bool
    shows_response_time: bool
    uptime: Decimal | None
    days: Sequence[DayBar]
    response_time_ms: int | None
    checked_at: datetime | None
    places: Sequence[str]
    due_at: datetime | None


def monitors_of(
    page: Page, days: Days, *, component_ids: Collection[str] = (), now: datetime
) -> list[MonitorSummary]:
    """Read the showcased monitors of a page, in their order.

    The number of queries does not depend on the number of monitors. A monitor stands below its
    component only where that is one of `component_ids`.
    """
    shown = Monitor.objects.filter(page=page).exclude(showcased=Showcase.NOTHING)
    rows = list(shown.select_related("verdict"))
    if not rows:
        return []
    looks = _looks([row.pk for row in rows])
    with_bars = [row.pk for row in rows if row.showcased in SHOWS_UPTIME]
    found = days_of(with_bars, days.edges, now=now) if with_bars else {}
    past = of_tallies(with_bars, {one: (it.days, it.total) for one, it in found.items()}, days)
    return [
        _summary(row, looks.get(row.pk, _Looks()), past.get(row.pk), component_ids) for row in rows
    ]


@dataclass(frozen=True, slots=True)
class _Looks:
    """What the active watches of one monitor tell. `is_up` is the newest check's."""

    is_up: bool = False
    checked_at: datetime | None = None
    total_us: int | None = None
    vantages: frozenset[str] = frozenset()
    due_at: datetime | None = None


def _looks(monitor_ids: Collection[str]) -> dict[str, _Looks]:
    """Return what was seen last of each monitor. Two queries."""
    watches: dict[str, list[Watch]] = defaultdict(list)
    for watch in Watch.objects.filter(monitor__in=monitor_ids, is_active=True).order_by("pk"):
        watches[watch.monitor_id].append(watch)
    newest = RawOutcome.objects.filter(
        watch__monitor__in=monitor_ids, watch__is_active=True, slot=F("watch__last_slot")
    )
    outcomes = {
        watch_id: (word, total_us)
        for watch_id, word, total_us in newest.values_list("watch_id", "word", "total_us")
    }
    return {monitor_id: _look(some, outcomes) for monitor_id, some in watches.items()}


def _look(watches: Sequence[Watch], outcomes: Mapping[int, tuple[str, int]]) -> _Looks:
    seen = [one for one in watches if one.last_slot is not None]
    newest = max(seen, key=lambda one: one.last_slot or 0, default=None)
    word, total_us = outcomes.get(newest.pk, ("", 0)) if newest else ("", 0)
    return _Looks(
        is_up=word == UP,
        checked_at=_instant(newest.last_slot) if newest else None,
        total_us=total_us if word == UP else None,
        vantages=frozenset(one.vantage for one in watches if one.vantage),
        due_at=min(_instants(one.next_slot for one in watches), default=None),
    )


def _summary(
    row: Monitor, looks: _Looks, past: History | None, component_ids: Collection[str]
) -> MonitorSummary:
    is_heartbeat = row.kind == MonitorKind.HEARTBEAT
    shows_times = row.showcased in SHOWS_RESPONSE_TIME and not is_heartbeat
    state, since = _present(row)
    total_us = looks.total_us if shows_times and state is not Present.IDLE else None
    return MonitorSummary(
        id=row.pk,
        name=row.name,
        description=row.description,
        component_id=row.component_id if row.component_id in component_ids else None,
        is_heartbeat=is_heartbeat,
        interval_s=INTERVALS_S[row.frequency],
        state=state,
        since=since,
        shows_uptime=past is not None,
        shows_response_time=shows_times,
        uptime=past.uptime if past else None,
        days=past.days if past else (),
        response_time_ms=None if total_us is None else round(total_us / 1000),
        checked_at=looks.checked_at if looks.is_up or not is_heartbeat else None,
        places=() if is_heartbeat else _one_place(row, looks.vantages),
        due_at=looks.due_at,
    )


def _present(row: Monitor) -> tuple[Present, datetime | None]:
    if row.paused_at is not None:
        return Present.PAUSED, row.paused_at
    if is_idle(row):
        return Present.IDLE, None
    verdict: Verdict | None = getattr(row, "verdict", None)
    if verdict is None or verdict.state == MonitorState.UNKNOWN:
        return Present.UNKNOWN, None
    return Present(verdict.state), _instant(verdict.since)


def _one_place(row: Monitor, vantages: frozenset[str]) -> Sequence[str]:
    """Return the locations that were asked for, unless that is where it was looked from."""
    if len(vantages) != 1:
        return ()
    is_one = LOCAL_VANTAGE in vantages or len(row.locations) > 1
    return tuple(row.locations) if is_one else ()


def _instants(seconds: Iterable[int | None]) -> list[datetime]:
    return [_instant(one) for one in seconds if one is not None]


def _instant(seconds: int | None) -> datetime:
    return datetime.fromtimestamp(seconds or 0, tz=UTC)
