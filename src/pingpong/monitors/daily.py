"""The seconds of many monitors day by day: what ninety bars are drawn from."""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from operator import add
from threading import Lock
from typing import NamedTuple

from django.db import connection

from pingpong.components.day_bars import History
from pingpong.components.days import Days

from .asking import among
from .day_cutter import Cut, Cutter, tally_of
from .stretches import Standing, Window, finished, maintenance, put_together, standing

_SPANS = (
    'SELECT monitor_id, COUNT(*), MAX("end") FROM monitors_verdictspan '
    "WHERE monitor_id {chosen} GROUP BY monitor_id"
)
# Each page has the days of its zone; more zones than these are cut anew each time.
_REMEMBERED_ZONES = 16


class _Spans(NamedTuple):
    """How many spans of a monitor are over, and when the last one was.

    Spans are only added, and removed when they are old: these two tell of both.
    """

    number: int
    last_end: int


_NO_SPANS = _Spans(0, 0)
_Mark = tuple[str, int, _Spans, Sequence[Window]]
"""What finished days are made of: a verdict's state and since, spans, and maintenance."""


class _Finished:
    """The finished days between some edges, as they were cut last."""

    def __init__(self, dates: Sequence[date], edges: Sequence[int]) -> None:
        self._cutter = Cutter(dates, edges)
        self._cuts: dict[str, tuple[_Mark, Cut]] = {}
        self.midnight = edges[-1]

    def cuts_of(
        self,
        verdicts: Mapping[str, Standing],
        spans: Mapping[str, _Spans],
        windows: Mapping[str, Sequence[Window]],
    ) -> dict[str, Cut]:
        """Return the finished days of each monitor, after cutting again what has changed."""
        cuts: dict[str, Cut] = {}
        stale: dict[str, _Mark] = {}
        for one, verdict in verdicts.items():
            laid = self._until_midnight(windows[one]) if one in windows else ()
            mark = (verdict.state, verdict.since, spans.get(one, _NO_SPANS), laid)
            known = self._cuts.get(one)
            if known is not None and known[0] == mark:
                cuts[one] = known[1]
            else:
                stale[one] = mark
        begin = self._cutter.edges[0]
        changed = {one: verdicts[one] for one in stale}
        parts = put_together(changed, finished(stale, begin), windows, (begin, self.midnight))
        for one, mark in stale.items():
            cut = cuts[one] = self._cutter.cut(parts.get(one, ()))
            # While midnight is not covered yet, the state before it may still turn out otherwise.
            if verdicts[one].is_unknown or verdicts[one].covered_until >= self.midnight:
                self._cuts[one] = (mark, cut)
        return cuts

    def _until_midnight(self, windows: Sequence[Window]) -> Sequence[Window]:
        midnight = self.midnight
        return [(low, min(high, midnight)) for low, high in windows if low < midnight]


_Key = tuple[tuple[date, ...], tuple[int, ...]]
_remembered: OrderedDict[_Key, _Finished] = OrderedDict()
_remembering = Lock()


def days_of(monitor_ids: Collection[str], days: Days) -> dict[str, History]:
    """Return the bars of each monitor of which anything is known; the last day is today.

    Five queries at most. Finished days are remembered, and cut again when a span or maintenance
    was added to them: of a thousand monitors only today has to be read. Days alike may be one
    object.
    """
    seconds = [int(edge.timestamp()) for edge in days.edges]
    start, end = seconds[0], seconds[-1]
    verdicts = standing(monitor_ids)
    windows = maintenance(verdicts.values(), start, end)
    spans = _spans_of(verdicts)
    known = _finished_between(days.dates[:-1], seconds[:-1])
    cuts = known.cuts_of(verdicts, spans, windows)
    today = Cutter(days.dates[-1:], seconds[-2:])
    recent = [one for one, (_, last_end) in spans.items() if last_end > known.midnight]
    limits = (known.midnight, end)
    parts = put_together(verdicts, finished(recent, known.midnight), windows, limits)
    found = {}
    for monitor_id, (past, sums) in cuts.items():
        last = today.cut(parts.get(monitor_id, ()))
        total = tuple(map(add, sums, last.sums))
        if any(total):
            found[monitor_id] = History([*past, *last.days], tally_of(total).percentage())
    return found


def _finished_between(dates: Sequence[date], edges: Sequence[int]) -> _Finished:
    # Zones a day apart have the same edges and other dates.
    key = (tuple(dates), tuple(edges))
    with _remembering:
        known = _remembered.pop(key, None) or _Finished(dates, edges)
        _remembered[key] = known
        while len(_remembered) > _REMEMBERED_ZONES:
            _remembered.popitem(last=False)
    return known


def _spans_of(monitor_ids: Collection[str]) -> dict[str, _Spans]:
    """Return what is said of each monitor's spans. One query."""
    if not monitor_ids:
        return {}
    chosen, values = among(monitor_ids)
    with connection.cursor() as cursor:
        cursor.execute(_SPANS.format(chosen=chosen), values)
        return {one: _Spans(number, last_end) for one, number, last_end in cursor.fetchall()}
