"""The response times of one monitor over a range, as percentiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from pingpong.monitors.models import INTERVALS_S, Monitor
from pingpong.monitors.series import Point, series

from .chart_drawing import Chart, Grid, Line
from .monitor_words import time_words

HOUR_S = 3600
DAY_S = 24 * HOUR_S
_PARTS_OF_A_MS = 1000


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of time to choose, in steps that make a readable chart."""

    label: object
    length_s: int
    step_s: int


RANGES = {
    "24h": Range(_("24 hours"), DAY_S, 600),
    "7d": Range(_("7 days"), 7 * DAY_S, HOUR_S),
    "30d": Range(_("30 days"), 30 * DAY_S, 6 * HOUR_S),
    "90d": Range(_("90 days"), 90 * DAY_S, DAY_S),
}
USUAL = "24h"


def chosen_range(asked: str) -> str:
    return asked if asked in RANGES else USUAL


def chart_of(monitor: Monitor, name: str, *, now: datetime) -> Chart:
    """Return the chart of a range. Two queries at most."""
    chosen = RANGES[name]
    # That it was not looked at more often is no gap.
    step_s = chosen.step_s * ceil(INTERVALS_S[monitor.frequency] / chosen.step_s)
    grid = Grid.until(now, length_s=chosen.length_s, step_s=step_s)
    found = series([monitor.pk], start=grid.start, end=grid.end, step=step_s)
    points = [one for one in found.get(monitor.pk, ()) if one.ok]
    lines = [
        Line(pgettext_lazy("percentile", "Median"), _laid(grid, points, "p50_us")),
        Line(_("95 of 100"), _laid(grid, points, "p95_us")),
        Line(_("99 of 100"), _laid(grid, points, "p99_us")),
    ]
    return Chart(grid, lines, "ms", _caption(points), monitor.name)


def _laid(grid: Grid, points: Sequence[Point], field: str) -> Sequence[float | None]:
    found: dict[int, float | None] = {}
    for one in points:
        us = getattr(one, field)
        found[one.start] = None if us is None else round(us / _PARTS_OF_A_MS, 1)
    return grid.laid(found)


def _caption(points: Sequence[Point]) -> str:
    middles = [one.p50_us for one in points if one.p50_us is not None]
    high = max((one.p95_us for one in points if one.p95_us is not None), default=None)
    if not middles or high is None:
        return gettext("No response times in this time.")
    low, top = (time_words(edge / _PARTS_OF_A_MS) for edge in (min(middles), max(middles)))
    told = {"low": low, "top": top, "high": time_words(high / _PARTS_OF_A_MS)}
    if low == top:
        return gettext("Median %(low)s; 95 of 100 answers within %(high)s.") % told
    return gettext("Median %(low)s to %(top)s; 95 of 100 answers within %(high)s.") % told
