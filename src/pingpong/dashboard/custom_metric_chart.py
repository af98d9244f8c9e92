"""A custom metric over a day, a week or a month."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pingpong.custom_metrics.models import CustomMetric
from pingpong.custom_metrics.series import Point, series, series_of
from pingpong.overview.plot import Plot

from .chart_drawing import Grid
from .monitor_chart import DAY_S, HOUR_S, Range

RANGES = {
    "day": Range(_("Day"), DAY_S, 600),
    "week": Range(_("Week"), 7 * DAY_S, HOUR_S),
    "month": Range(_("Month"), 30 * DAY_S, 6 * HOUR_S),
}
USUAL = "day"
_SPARK = Range("", DAY_S, 1800)


def chosen_range(asked: str) -> str:
    return asked if asked in RANGES else USUAL


def chart_of(metric: CustomMetric, name: str, *, now: datetime) -> Plot:
    """Return the chart of a range. One query."""
    grid = _grid(RANGES[name], now)
    return _plot(metric, grid, series(metric, start=grid.start, end=grid.end, step=grid.step))


def sparks_of(metrics: Sequence[CustomMetric], *, now: datetime) -> dict[str, Plot]:
    """Return the last day of each metric, by its id. One query."""
    grid = _grid(_SPARK, now)
    found = series_of(metrics, start=grid.start, end=grid.end, step=grid.step)
    return {one.pk: _plot(one, grid, found[one.pk]) for one in metrics}


def _grid(chosen: Range, now: datetime) -> Grid:
    return Grid.until(now, length_s=chosen.length_s, step_s=chosen.step_s)


def _plot(metric: CustomMetric, grid: Grid, points: Sequence[Point]) -> Plot:
    return Plot.laid(
        dict(points),
        window=(grid.start, grid.end, grid.step),
        suffix=metric.suffix,
        rollup=metric.rollup,
    )
