"""Cutting what monitors were into days, in whole seconds: pure, and fast for many of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from pingpong.components.day_bars import DayBar
from pingpong.components.status import Status
from pingpong.components.uptime import Tally

from .stretches import Stretch

# In the order in which seconds are told.
_STATUSES = (Status.OPERATIONAL.value, Status.CRITICAL.value, Status.MAINTENANCE.value)
_PLACES = {status: place for place, status in enumerate(_STATUSES)}

Sums = tuple[int, int, int]
"""Seconds up, down, and in maintenance."""


class Cut(NamedTuple):
    """One bar a day, oldest first, and the seconds of all of them."""

    days: list[DayBar]
    sums: Sums


def tally_of(sums: Sequence[int]) -> Tally:
    up, down, maintenance = sums
    return Tally(up_s=up, down_s=down, maintenance_s=maintenance)


class Cutter:
    """Cuts stretches at the same edges, in seconds since 1970, one more than there are dates.

    A day of one status is one object for all monitors.
    """

    def __init__(self, dates: Sequence[date], edges: Sequence[int]) -> None:
        self._dates = dates
        self.edges = edges
        lengths = [high - low for low, high in pairwise(edges)]
        self._empty = self._bars([(0, 0, 0)] * len(lengths))
        self._whole = {
            status: Cut(
                self._bars([_at(status, length) for length in lengths]), _at(status, sum(lengths))
            )
            for status in _STATUSES
        }

    def _bars(self, sums: Sequence[Sums]) -> list[DayBar]:
        return [DayBar.of(day, tally_of(one)) for day, one in zip(self._dates, sums, strict=True)]

    def cut(self, stretches: Sequence[Stretch]) -> Cut:
        edges = self.edges
        begin, finish = edges[0], edges[-1]
        if len(stretches) == 1 and stretches[0][1] <= begin and finish <= stretches[0][2]:
            return self._whole[stretches[0][0]]
        days = self._empty.copy()
        sums = [0, 0, 0]
        broken: dict[int, list[int]] = {}
        for status, start, end in stretches:
            low, high = max(start, begin), min(end, finish)
            if low >= high:
                continue
            place = _PLACES[status]
            sums[place] += high - low
            first, last = bisect_right(edges, low) - 1, bisect_left(edges, high) - 1
            if first == last and (low, high) != (edges[first], edges[first + 1]):
                _add(broken, first, place, high - low)
                continue
            if low != edges[first]:
                first += 1
                _add(broken, first - 1, place, edges[first] - low)
            if high != edges[last + 1]:
                _add(broken, last, place, high - edges[last])
                last -= 1
            days[first : last + 1] = self._whole[status].days[first : last + 1]
        for index, parts in broken.items():
            days[index] = DayBar.of(self._dates[index], tally_of(parts))
        return Cut(days, (sums[0], sums[1], sums[2]))


def _at(status: str, seconds: int) -> Sums:
    up, down, maintenance = (seconds if one == status else 0 for one in _STATUSES)
    return up, down, maintenance


def _add(broken: dict[int, list[int]], index: int, place: int, seconds: int) -> None:
    broken.setdefault(index, [0, 0, 0])[place] += seconds
