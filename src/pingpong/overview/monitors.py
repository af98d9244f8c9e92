"""What a public page shows of its monitors, in a fixed number of queries."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

from pingpong.components.day_bars import NO_TIME, DayBar, History
from pingpong.components.days import Days
from pingpong.components.uptime import Tally
from pingpong.monitors.daily import days_of
from pingpong.monitors.looks import NO_LOOKS, Looks, looks_at
from pingpong.monitors.models import (
    INTERVALS_S,
    Monitor,
    MonitorKind,
    MonitorState,
    Showcase,
    every_location,
)
from pingpong.monitors.uptime import uptime_of
from pingpong.monitors.watches import is_without_aim
from pingpong.pages.models import Page

from .history import LAST_DAY

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


_PRESENT = {one.value: one for one in Present}


class MonitorSummary(NamedTuple):
    """A showcased monitor; what its owner does not show is None or empty.

    `component_id` is that of a component which is shown. `since` is when the present state began.
    `response_time_ms` is that of the newest check, None where that did not succeed. A heartbeat
    that is late was not checked, so that `checked_at` is None. `places` are the locations that
    were asked for, if all of them are in truth one place. `due_at` is when it is looked at next.
    `last_day` are seconds that share into up and down as those of the last 24 hours do.
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
    last_day: Tally = NO_TIME


_COLUMNS = (
    "id",
    "name",
    "description",
    "component_id",
    "kind",
    "url",
    "frequency",
    "showcased",
    "location",
    "more_locations",
    "paused_at",
    "verdict__state",
    "verdict__since",
)


class _Row(NamedTuple):
    """What is read of a monitor: a thousand objects would cost more than all the rest."""

    id: str
    name: str
    description: str | None
    component_id: str | None
    kind: str
    url: str
    frequency: str
    showcased: str
    location: str
    more_locations: Sequence[str]
    paused_at: datetime | None
    verdict_state: str | None
    verdict_since: int | None


class Placed(Protocol):
    """A monitor with its locations."""

    @property
    def location(self) -> str: ...

    @property
    def more_locations(self) -> Sequence[str]: ...


def monitors_of(
    page: Page, days: Days, *, component_ids: Collection[str] = ()
) -> list[MonitorSummary]:
    """Read the showcased monitors of a page, in their order.

    The number of queries does not depend on the number of monitors. A monitor stands below its
    component only where that is one of `component_ids`.
    """
    shown = Monitor.objects.filter(page=page).exclude(showcased=Showcase.NOTHING)
    rows = [_Row(*columns) for columns in shown.values_list(*_COLUMNS)]
    if not rows:
        return []
    looks = looks_at([row.id for row in rows])
    with_bars = [row.id for row in rows if row.showcased in SHOWS_UPTIME]
    past = days_of(with_bars, days) if with_bars else {}
    recent = _last_days(past, now=days.edges[-1])
    empty = History([DayBar.of(day, Tally()) for day in days.dates], None)
    below = frozenset(component_ids)
    return [
        _summary(
            row,
            looks.get(row.id, NO_LOOKS),
            past.get(row.id, empty) if row.showcased in SHOWS_UPTIME else None,
            row.component_id if row.component_id in below else None,
            recent.get(row.id, NO_TIME),
        )
        for row in rows
    ]


def _last_days(past: Mapping[str, History], *, now: datetime) -> dict[str, Tally]:
    """Return the last 24 hours of each monitor. No query while all of them are well, else three."""
    told = {one: some.days[-1].tally for one, some in past.items() if _is_well(some)}
    rest = [one for one in past if one not in told]
    return {**told, **uptime_of(rest, LAST_DAY, now=now)} if rest else told


def _is_well(history: History) -> bool:
    """Tell whether today is up alone, and what 24 hours may reach back to was never down."""
    # Of a day that has 23 hours, more than yesterday.
    some = [one.tally for one in history.days[-3:]]
    return some[-1].up_s > 0 and not any(one.down_s for one in some)


def _summary(
    row: _Row, looks: Looks, past: History | None, component_id: str | None, last_day: Tally
) -> MonitorSummary:
    is_heartbeat = row.kind == MonitorKind.HEARTBEAT
    shows_times = row.showcased in SHOWS_RESPONSE_TIME and not is_heartbeat
    state, since = _present(row)
    total_us = looks.total_us if shows_times and state is not Present.IDLE else None
    return MonitorSummary(
        id=row.id,
        name=row.name,
        description=row.description,
        component_id=component_id,
        is_heartbeat=is_heartbeat,
        interval_s=INTERVALS_S[row.frequency],
        state=state,
        since=since,
        shows_uptime=past is not None,
        shows_response_time=shows_times,
        uptime=past.uptime if past else None,
        days=past.days if past else (),
        response_time_ms=None if total_us is None else round(total_us / 1000),
        checked_at=_instant(looks.slot) if looks.is_up or not is_heartbeat else None,
        places=() if is_heartbeat else one_place(row, looks.vantages),
        due_at=_instant(looks.next_slot),
        last_day=last_day,
    )


def _present(row: _Row) -> tuple[Present, datetime | None]:
    if row.paused_at is not None:
        return Present.PAUSED, row.paused_at
    if is_without_aim(row.kind, row.url):
        return Present.IDLE, None
    if row.verdict_state is None or row.verdict_state == MonitorState.UNKNOWN:
        return Present.UNKNOWN, None
    return _PRESENT[row.verdict_state], _instant(row.verdict_since)


def one_place(placed: Placed, vantages: Collection[str]) -> Sequence[str]:
    """Return the locations that were asked for, unless that is where it was looked from."""
    if len(vantages) != 1:
        return ()
    if LOCAL_VANTAGE not in vantages and not placed.more_locations:
        return ()
    return tuple(every_location(placed.location, placed.more_locations))


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)
