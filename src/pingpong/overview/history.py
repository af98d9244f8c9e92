"""Ninety days of a component or a monitor, one bar a day."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pingpong.components.history import intervals_since
from pingpong.components.uptime import Span, Tally, tally

from .days import Days


class DayState(StrEnum):
    """The worst of a day. No data is a state of its own: neither up nor down."""

    NO_DATA = "no data"
    UP = "up"
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class DayBar:
    date: date
    tally: Tally
    worst: DayState

    @property
    def percentage(self) -> Decimal | None:
        """Return the day's uptime, floored; None without data."""
        return self.tally.percentage()


@dataclass(frozen=True, slots=True)
class History:
    """The days of one thing, oldest first, and its uptime over all of them."""

    days: Sequence[DayBar]
    uptime: Decimal | None


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
        )
        for one in ids
    }


def of_tallies(
    ids: Collection[str], tallies: Mapping[str, tuple[Sequence[Tally], Tally]], days: Days
) -> dict[str, History]:
    """Return the history of each id out of one tally a day and the whole; without, it is empty."""
    nothing = History(_Bars(days).of(()), None)
    known: dict[tuple[int, int], DayBar] = {}

    def bar(index: int, sums: Tally) -> DayBar:
        # Days alike are one object, which `tallies` keeps alive meanwhile.
        key = (index, id(sums))
        if key not in known:
            known[key] = DayBar(days.dates[index], sums, worst_of(sums))
        return known[key]

    return {
        one: History(
            tuple(bar(index, sums) for index, sums in enumerate(tallies[one][0])),
            tallies[one][1].percentage(),
        )
        if one in tallies
        else nothing
        for one in ids
    }


class _Bars:
    """Cuts spans into days. A day of one status looks alike everywhere and is made once."""

    def __init__(self, days: Days) -> None:
        self._days = days
        self._whole: dict[tuple[int, str], DayBar] = {}
        self._empty = [DayBar(day, Tally(), DayState.NO_DATA) for day in days.dates]

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
        return DayBar(self._days.dates[index], sums, worst_of(sums))


def worst_of(sums: Tally) -> DayState:
    """Return the state that a day is remembered by."""
    if sums.down_s:
        return DayState.DOWN
    if sums.degraded_s:
        return DayState.DEGRADED
    if sums.maintenance_s:
        return DayState.MAINTENANCE
    return DayState.UP if sums.up_s else DayState.NO_DATA
