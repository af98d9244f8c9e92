"""Uptime over 24 hours and over 7, 30 and 90 days, out of what a page was read with."""

from collections.abc import Iterable, Sequence

from pingpong.components.day_bars import DayBar
from pingpong.components.uptime import MICROSECONDS, Tally

# In calendar days of the page, today included, as its bars are; the first is 24 whole hours.
WINDOWS = {"24h": 1, "7d": 7, "30d": 30, "90d": 90}
_DAYS = (7, 30, 90)
# Fine enough that a floored share does not show in two decimals; exact means cost too much.
PARTS = 10**12

Shares = tuple[int | None, ...]
"""For each of :data:`WINDOWS` the up part of all that counts, floored, in :data:`PARTS`."""


def shares(days: Sequence[DayBar], last_day: Tally) -> Shares:
    """Return the uptime of each window; None where nothing is known in it."""
    first = _share(last_day.up_s + last_day.degraded_s, last_day.down_s)
    tallies = [one.tally for one in days]
    downs = [one.down_s for one in tallies]
    if not any(downs):  # nearly always; to add up ninety days of each component takes long
        return (first, *(_whole(tallies[-count:]) for count in _DAYS))
    ups = [one.up_s + one.degraded_s for one in tallies]
    return (first, *(_share(sum(ups[-count:]), sum(downs[-count:])) for count in _DAYS))


def _whole(tallies: Sequence[Tally]) -> int | None:
    return PARTS if any(one.up_s or one.degraded_s for one in reversed(tallies)) else None


def shares_of_page(monitors: Iterable[Shares], components: Iterable[Shares]) -> Shares:
    """Return the means over monitors; where none has data, those over components (contract 4b)."""
    return tuple(
        first if first is not None else second
        for first, second in zip(_means(monitors), _means(components), strict=True)
    )


def _means(some: Iterable[Shares]) -> Shares:
    windows = list(zip(*some, strict=True)) or [()] * len(WINDOWS)
    return tuple(map(_mean, windows))


def _mean(some: Iterable[int | None]) -> int | None:
    known = [one for one in some if one is not None]
    return sum(known) // len(known) if known else None


def _share(up_s: float, down_s: float) -> int | None:
    up = round(up_s * MICROSECONDS)
    counted = up + round(down_s * MICROSECONDS)
    return up * PARTS // counted if counted > 0 else None
