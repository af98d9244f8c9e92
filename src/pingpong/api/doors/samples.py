"""What other protocols bring, mapped by a label to custom metrics."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pingpong.api.point_forms import MAX_POINTS, MAX_VALUE
from pingpong.kit.ids import is_readable_id

LABEL = "pingpong_metric"
MAX_AHEAD = timedelta(hours=24)


class SamplesUnreadableError(Exception):
    """The body is not what the protocol says; the text tells why."""


class TooManySamplesError(Exception):
    """There are more samples than a request may bring."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A value at a second since 1970; `metric_id` is what the label says, empty without one."""

    metric_id: str
    second: int
    value: float


@dataclass(frozen=True, slots=True)
class Mapped:
    """Points by custom metric, and how many samples belong to none or are no numbers."""

    points: dict[str, list[tuple[int, float]]]
    left_out: int

    @property
    def taken(self) -> int:
        return sum(map(len, self.points.values()))


def mapped(samples: Iterable[Sample], *, unusable: int = 0, now: datetime) -> Mapped:
    """Sort samples by the metric that they name; raises TooManySamplesError."""
    latest = int((now + MAX_AHEAD).timestamp())
    points: dict[str, list[tuple[int, float]]] = {}
    taken = 0
    for one in samples:
        is_number = math.isfinite(one.value) and abs(one.value) <= MAX_VALUE
        if not (is_number and is_readable_id(one.metric_id) and 0 <= one.second <= latest):
            unusable += 1
            continue
        points.setdefault(one.metric_id, []).append((one.second, one.value))
        taken += 1
        if taken > MAX_POINTS:
            raise TooManySamplesError
    # The newest of a minute counts, in whatever order they came.
    for some in points.values():
        some.sort(key=lambda pair: pair[0])
    return Mapped(points, unusable)
