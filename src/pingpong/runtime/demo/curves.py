"""Numbers that look measured: a day and a night, some noise, and trouble where there was some."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pingpong.components.status import DOWN, Status
from pingpong.custom_metrics.intake import KEPT_FOR

from .gauges import Gauge
from .incidents_older import OLDER
from .incidents_recent import RECENT
from .story import Story

STEP_S = 600
_DAY_S = 86_400
_BUSIEST_AT_S = 14 * 3600
# How much of a gauge's strain one grave thing puts on it, by status.
_SHARE = {Status.MINOR: 0.3, Status.MAJOR: 0.6}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A stretch of seconds since 1970 in which a component was not well, 0 < `share` <= 1."""

    start: float
    end: float
    share: float


def points_of(gauge: Gauge, *, now: datetime) -> list[tuple[int, float]]:
    """Return points ten minutes apart over the last 30 days, the same for the same `now`."""
    chance = random.Random(gauge.name)
    troubles = list(troubles_of(gauge.strained_by or gauge.component, now))
    quiet = [now.timestamp() - hours * 3600 for hours in gauge.quiet_h]
    oldest = math.ceil((now - KEPT_FOR).timestamp() / STEP_S) * STEP_S
    return [
        (second, _value(gauge, second, troubles, chance))
        for second in range(oldest, int(now.timestamp()) + 1, STEP_S)
        if not quiet[0] <= second < quiet[1]
    ]


def _value(gauge: Gauge, second: int, troubles: Sequence[Trouble], chance: random.Random) -> float:
    calm = gauge.night + (gauge.day - gauge.night) * busy_at(second)
    share = max((one.share for one in troubles if one.start <= second < one.end), default=0)
    value = calm * (1 + (gauge.strain - 1) * share) * max(0.2, chance.gauss(1, gauge.noise))
    value = value if gauge.most is None else min(value, gauge.most)
    return round(value) if gauge.is_whole else round(value, 2 if gauge.most else 1)


def busy_at(second: int) -> float:
    """Return how busy it is at a second since 1970: 0 in the depth of the night, 1 at its most."""
    return (1 + math.cos((second - _BUSIEST_AT_S) % _DAY_S / _DAY_S * math.tau)) / 2


def troubles_of(component: str | None, now: datetime) -> Iterator[Trouble]:
    """Return what the incidents tell of a component."""
    for story in (*OLDER, *RECENT):
        status = dict(story.affected).get(component or "")
        if status is not None:
            start, end = _stretch(story, now)
            yield Trouble(start, end, 1 if status in DOWN else _SHARE[Status(status)])


def _stretch(story: Story, now: datetime) -> tuple[float, float]:
    began = story.began.seen_from(now).timestamp()
    last = story.updates[-1]
    return began, began + last.after * 60
