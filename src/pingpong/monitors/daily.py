"""The seconds of many monitors day by day: what ninety bars are drawn from."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from pingpong.components.status import Status
from pingpong.components.uptime import Tally

from .stretches import Stretch, stretches_since

_FIELDS = {
    Status.OPERATIONAL.value: "up_s",
    Status.CRITICAL.value: "down_s",
    Status.MAINTENANCE.value: "maintenance_s",
}
_NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class DaysOfMonitor:
    """One tally for each day, oldest first, and the whole. Days alike may be one object."""

    days: Sequence[Tally]
    total: Tally


def days_of(
    monitor_ids: Collection[str], edges: Sequence[datetime], *, now: datetime
) -> dict[str, DaysOfMonitor]:
    """Return the days between the edges for each monitor that was ever judged.

    `edges` are in order and one more than there are days. Three queries at most. Spans are cut in
    whole seconds and a day of one status is made once for all monitors: for a thousand of them
    this takes half the time of cutting spans of instants.
    """
    cutter = _Cutter([int(edge.timestamp()) for edge in edges])
    found = stretches_since(monitor_ids, cutter.edges[0], now=int(now.timestamp()))
    return {monitor_id: cutter.cut(some) for monitor_id, some in found.items()}


class _Cutter:
    def __init__(self, edges: list[int]) -> None:
        self.edges = edges
        lengths = [high - low for low, high in pairwise(edges)]
        self._empty = [_NOTHING] * len(lengths)
        self._whole = {
            status: [Tally(**{name: length}) for length in lengths]
            for status, name in _FIELDS.items()
        }

    def cut(self, stretches: Sequence[Stretch]) -> DaysOfMonitor:
        edges = self.edges
        begin, finish = edges[0], edges[-1]
        days = self._empty.copy()
        sums = dict.fromkeys(_FIELDS, 0)
        broken: dict[int, dict[str, int]] = {}
        for status, start, end in stretches:
            low, high = max(start, begin), min(end, finish)
            if low >= high:
                continue
            sums[status] += high - low
            first, last = bisect_right(edges, low) - 1, bisect_left(edges, high) - 1
            if first == last and (low, high) != (edges[first], edges[first + 1]):
                _add(broken, first, status, high - low)
                continue
            if low != edges[first]:
                first += 1
                _add(broken, first - 1, status, edges[first] - low)
            if high != edges[last + 1]:
                _add(broken, last, status, high - edges[last])
                last -= 1
            days[first : last + 1] = self._whole[status][first : last + 1]
        for index, parts in broken.items():
            days[index] = _tally(parts)
        return DaysOfMonitor(days, _tally(sums))


def _add(broken: dict[int, dict[str, int]], index: int, status: str, seconds: int) -> None:
    parts = broken.setdefault(index, {})
    parts[status] = parts.get(status, 0) + seconds


def _tally(parts: dict[str, int]) -> Tally:
    return Tally(**{_FIELDS[status]: seconds for status, seconds in parts.items()})
