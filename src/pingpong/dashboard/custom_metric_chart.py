"""A custom metric over a day, a week or a month."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pingpong.custom_metrics.models import CustomMetric, Rollup
from pingpong.custom_metrics.series import Point, series

from .chart_drawing import Chart, Grid, Line
from .forms.custom_metrics import ROLLUP_WORDS
from .monitor_chart import DAY_S, HOUR_S, Range

RANGES = {
    "day": Range(_("Day"), DAY_S, 600),
    "week": Range(_("Week"), 7 * DAY_S, HOUR_S),
    "month": Range(_("Month"), 30 * DAY_S, 6 * HOUR_S),
}
USUAL = "day"
# From here on one decimal says enough.
_LARGE = 100


def chosen_range(asked: str) -> str:
    return asked if asked in RANGES else USUAL


def chart_of(metric: CustomMetric, name: str, *, now: datetime) -> Chart:
    """Return the chart of a range. One query."""
    chosen = RANGES[name]
    grid = Grid.until(now, length_s=chosen.length_s, step_s=chosen.step_s)
    points = series(metric, start=grid.start, end=grid.end, step=grid.step)
    line = Line(ROLLUP_WORDS[Rollup(metric.rollup)], grid.laid(dict(points)))
    return Chart(grid, [line], metric.suffix, _caption(points, metric.suffix), metric.name)


def number_words(value: float, suffix: str) -> str:
    """Return a value with its unit: ``1,204 ms``, ``0.25 %``."""
    if value == round(value):
        number = f"{value:,.0f}"
    else:
        number = f"{value:,.1f}" if abs(value) >= _LARGE else f"{value:.4g}"
    return f"{number} {suffix}".strip()


def _caption(points: Sequence[Point], suffix: str) -> str:
    if not points:
        return gettext("No numbers in this time.")
    values = [one.value for one in points]
    told = {"low": number_words(min(values), suffix), "top": number_words(max(values), suffix)}
    if told["low"] == told["top"]:
        return gettext("Always %(low)s.") % told
    return gettext("From %(low)s to %(top)s.") % told
