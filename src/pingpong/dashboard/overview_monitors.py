"""How the monitors of a page stand, as far as an overview tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pingpong.monitors.agents import served_locations
from pingpong.monitors.models import Monitor, MonitorKind, MonitorState, every_location
from pingpong.monitors.watches import is_without_aim
from pingpong.pages.models import Page

SHOWN = 8


@dataclass(frozen=True, slots=True)
class DownMonitor:
    id: str
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Monitors:
    """`unserved` are locations that active monitors ask for and from which nobody looks now."""

    total: int
    down: Sequence[DownMonitor]
    down_count: int
    unserved: Sequence[str]


def monitors_of(page: Page, *, now: datetime) -> Monitors:
    """Read them in two queries at most."""
    rows = Monitor.objects.filter(page=page).values_list(
        "pk",
        "name",
        "kind",
        "url",
        "location",
        "more_locations",
        "paused_at",
        "verdict__state",
        "verdict__since",
    )
    total = 0
    down: list[DownMonitor] = []
    asked: set[str] = set()
    for pk, name, kind, url, location, more, paused_at, state, since in rows:
        total += 1
        if paused_at is not None:
            continue
        if kind != MonitorKind.HEARTBEAT and not is_without_aim(kind, url):
            asked.update(every_location(location, more))
        if state == MonitorState.DOWN:
            down.append(DownMonitor(pk, name, datetime.fromtimestamp(since, tz=UTC)))
    down.sort(key=lambda one: one.since)
    unserved = sorted(asked - served_locations(now)) if asked else []
    return Monitors(total, down[:SHOWN], len(down), unserved)
