"""What ACME's monitors would have seen: answers, some slow, some missing, and a few gaps."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pingpong.probe.contract import UP

from .curves import Trouble, busy_at, troubles_of
from .watches import Watch

FAILED = "status_unexpected"
HOUR_S = 3600
_NOISE = 0.22
_PEAK_CHANCE = 1 / 300
_PEAK_FACTOR = 6
_STRAIN = 5
# Nobody looked: the machine was moved, and restarted. Hours before the filling, and how many.
_BLACKOUTS = ((19 * 24 + 5, 3.2), (10.5, 0.7))

# What monitors saw and nobody reported: hours before the filling, and how many minutes.
_LAPSES = {"API": (21 * 24 + 9, 15), "Start page": (6 * 24 + 2, 9)}


class Seen(NamedTuple):
    """One check of the past: its slot in seconds since 1970, its word and its microseconds."""

    slot: int
    word: str
    total_us: int


def checks_of(
    watch: Watch,
    *,
    location: str,
    interval_s: int,
    phase_s: int,
    since: datetime,
    until: datetime,
    now: datetime,
) -> Iterator[Seen]:
    """Yield every check from `since` to `until`, the same for the same `now`."""
    chance = random.Random(f"{watch.name} {location}")
    troubles = [*troubles_of(watch.component, now), *_lapses_of(watch, now)]
    blackouts = blackouts_before(now)
    eventful = {
        hour
        for start, end in [*((one.start, one.end) for one in troubles), *blackouts]
        for hour in range(int(start) // HOUR_S, int(end) // HOUR_S + 1)
    }
    first = int(since.timestamp())
    first += (phase_s - first) % interval_s
    hour, calm_us, share = -1, 0.0, 0.0
    for slot in range(first, int(until.timestamp()), interval_s):
        if slot // HOUR_S != hour:
            hour = slot // HOUR_S
            calm_us = watch.typical_ms * 1000 * (0.85 + 0.3 * busy_at(slot))
            share = 0.0
        if hour in eventful:
            if any(start <= slot < end for start, end in blackouts):
                continue
            share = _share(troubles, slot)
        noise = max(0.5, chance.gauss(1, _NOISE))
        if chance.random() < _PEAK_CHANCE:
            noise *= _PEAK_FACTOR
        total_us = int(calm_us * noise * (1 + _STRAIN * share))
        yield Seen(slot, FAILED if share == 1 else UP, total_us)


def _lapses_of(watch: Watch, now: datetime) -> Iterator[Trouble]:
    if watch.name in _LAPSES:
        hours, minutes = _LAPSES[watch.name]
        start = (now - timedelta(hours=hours)).timestamp()
        yield Trouble(start, start + minutes * 60, 1)


def _share(troubles: Sequence[Trouble], slot: int) -> float:
    return max((one.share for one in troubles if one.start <= slot < one.end), default=0)


def blackouts_before(now: datetime) -> list[tuple[float, float]]:
    """Return from when to when nobody looked, in seconds since 1970."""
    starts = [(now - timedelta(hours=before)).timestamp() for before, _ in _BLACKOUTS]
    return [
        (start, start + hours * 3600) for start, (_, hours) in zip(starts, _BLACKOUTS, strict=True)
    ]
