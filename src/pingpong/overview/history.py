"""Ninety days of a component or a monitor, one bar a day, out of spans of instants."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from pingpong.components.day_bars import DayBar, History
from pingpong.components.days import Days
from pingpong.components.history import intervals_since
from pingpong.components.uptime import Span, Tally, tally

LAST_DAY = timedelta(hours=24)


def histories(component_ids: Collection[str], days: Days) -> dict[str, History]:
    """Return the history of each component. One query, however many components and days."""
    ledger = intervals_since(component_ids, days.start, now=days.edges[-1])
    return cut_into_days(component_ids, ledger, days)


def cut_into_days(
    ids: Collection[str], spans: Mapping[str, Sequence[Span]], days: Days
) -> dict[str, History]:
    """Return the history of each id, components and monitors alike; without spans it is empty."""
    bars = _Bars(days)
    return {
        one: History(
            bars.of(spans.get(one, ())),
            tally(spans.get(one, ()), days.start, days.edges[-1]).percentage(),
            tally(spans.get(one, ()), days.edges[-1] - LAST_DAY, days.edges[-1]),
        )
        for one in ids
    }


class _Bars:
    """Cuts spans into days. A day of one status looks alike everywhere and is made once."""

    def __init__(self, days: Days) -> None:
        self._days = days
        self._whole: dict[tuple[int, str], DayBar] = {}
        self._empty = [DayBar.of(day, Tally()) for day in days.dates]

    def of(self, spans: Sequence[Span]) -> Sequence[DayBar]:
        bars = list(self._empty)
        broken: dict[int, list[Span]] = {}
        edges = self._days.edges
        for span in spans:
            first = max(bisect_right(edges, span.start) - 1, 0)
            for index in range(first, len(bars)):
                if edges[index] >= span.end:
                    break
                if span.start <= edges[index] and edges[index + 1] <= span.end:
                    bars[index] = self._whole_day(index, span)
                else:
                    broken.setdefault(index, []).append(span)
        for index, parts in broken.items():
            bars[index] = self._bar(index, parts)
        return tuple(bars)

    def _whole_day(self, index: int, span: Span) -> DayBar:
        key = (index, span.status)
        if key not in self._whole:
            self._whole[key] = self._bar(index, [span])
        return self._whole[key]

    def _bar(self, index: int, spans: Sequence[Span]) -> DayBar:
        sums = tally(spans, self._days.edges[index], self._days.edges[index + 1])
        return DayBar.of(self._days.dates[index], sums)
