"""The seconds of many monitors day by day: what ninety bars are drawn from."""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from operator import add
from threading import Lock
from typing import NamedTuple

from django.db import connection

from pingpong.components.uptime import Tally

from .asking import among
from .day_cutter import Cut, Cutter, tally_of
from .rollups import DAY_S
from .stretches import Standing, Window, finished, maintenance, put_together, standing

_MARKS = (
    'SELECT monitor_id, COUNT(*), MAX("end") FROM monitors_verdictspan '
    "WHERE monitor_id {chosen} GROUP BY monitor_id"
)
# Each page has the days of its zone; more zones than these are cut anew each time.
_REMEMBERED_ZONES = 16


class DaysOfMonitor(NamedTuple):
    """One tally for each day, oldest first, the whole, and the last 24 hours before now.

    Days alike may be one object.
    """

    days: Sequence[Tally]
    total: Tally
    lately: Tally


class _Mark(NamedTuple):
    """What the finished days of a monitor are made of; while it is the same, so are they.

    Spans are only added, and removed when they are old: their number and last end tell of both.
    """

    state: str
    since: int
    spans: int
    last_end: int
    windows: tuple[Window, ...]


class _Finished:
    """The finished days between some edges, as they were cut last."""

    def __init__(self, edges: Sequence[int]) -> None:
        self._cutter = Cutter(edges)
        self._cuts: dict[str, tuple[_Mark, Cut]] = {}
        self.midnight = edges[-1]

    def cuts_of(
        self, verdicts: Mapping[str, Standing], windows: Mapping[str, Sequence[Window]]
    ) -> dict[str, Cut]:
        """Return the finished days of each monitor, after cutting again what has changed."""
        marks = self._marks(verdicts, windows)
        stale = {
            monitor_id: verdicts[monitor_id]
            for monitor_id, mark in marks.items()
            if (known := self._cuts.get(monitor_id)) is None or known[0] != mark
        }
        begin = self._cutter.edges[0]
        parts = put_together(stale, finished(stale, begin), windows, (begin, self.midnight))
        cuts = {one: self._cuts[one][1] for one in verdicts if one not in stale}
        for monitor_id, verdict in stale.items():
            cut = cuts[monitor_id] = self._cutter.cut(parts.get(monitor_id, ()))
            # While midnight is not covered yet, the state before it may still turn out otherwise.
            if verdict.covered_until >= self.midnight:
                self._cuts[monitor_id] = (marks[monitor_id], cut)
        return cuts

    def _marks(
        self, verdicts: Mapping[str, Standing], windows: Mapping[str, Sequence[Window]]
    ) -> dict[str, _Mark]:
        spans = _marks(verdicts)
        return {
            monitor_id: _Mark(
                verdict.state,
                verdict.since,
                *spans.get(monitor_id, (0, 0)),
                tuple(
                    (low, min(high, self.midnight))
                    for low, high in windows.get(monitor_id, ())
                    if low < self.midnight
                ),
            )
            for monitor_id, verdict in verdicts.items()
        }


_remembered: OrderedDict[tuple[int, ...], _Finished] = OrderedDict()
_remembering = Lock()


def days_of(
    monitor_ids: Collection[str], edges: Sequence[datetime], *, now: datetime
) -> dict[str, DaysOfMonitor]:
    """Return the days between the edges for each monitor of which anything is known.

    `edges` are in order and one more than there are days; the last day is today. Five queries at
    most. Finished days are remembered, and cut again when a span or maintenance was added to them:
    of a thousand monitors only today has to be read.
    """
    seconds = [int(edge.timestamp()) for edge in edges]
    start, end = seconds[0], int(now.timestamp())
    verdicts = standing(monitor_ids)
    windows = maintenance(verdicts.values(), start, end)
    known = _finished_between(seconds[:-1])
    cuts = known.cuts_of(verdicts, windows)
    today, lately = Cutter(seconds[-2:]), Cutter([end - DAY_S, end])
    begin = min(known.midnight, end - DAY_S)
    parts = put_together(verdicts, finished(verdicts, begin), windows, (begin, end))
    found = {}
    for monitor_id, (days, sums) in cuts.items():
        part = parts.get(monitor_id, ())
        last = today.cut(part)
        total = tuple(map(add, sums, last.sums))
        if any(total):
            found[monitor_id] = DaysOfMonitor(
                [*days, *last.days], tally_of(total), lately.cut(part).days[0]
            )
    return found


def _finished_between(edges: Sequence[int]) -> _Finished:
    key = tuple(edges)
    with _remembering:
        known = _remembered.pop(key, None) or _Finished(edges)
        _remembered[key] = known
        while len(_remembered) > _REMEMBERED_ZONES:
            _remembered.popitem(last=False)
    return known


def _marks(monitor_ids: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return how many spans each monitor has, and the last end of them. One query."""
    if not monitor_ids:
        return {}
    chosen, values = among(monitor_ids)
    with connection.cursor() as cursor:
        cursor.execute(_MARKS.format(chosen=chosen), values)
        return {monitor_id: (count, end) for monitor_id, count, end in cursor.fetchall()}
