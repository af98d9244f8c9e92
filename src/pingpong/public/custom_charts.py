"""The charts of custom metrics: drawn again only of those that were fed, or whose time is up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from pingpong.components.days import zone_named
from pingpong.custom_metrics.models import CustomMetric
from pingpong.custom_metrics.series import Point, series_of
from pingpong.overview.custom_metrics import CustomMetricSummary
from pingpong.overview.plot import Plot
from pingpong.overview.summary import Summary
from pingpong.pages.address import page_path

from .body import Body, Kept
from .chart_bodies import body_of
from .ranges import DAY_S, HOUR_S, Range, Window
from .remembered import Remembered
from .summary_json import write

LAST_DAY = Range("24h", DAY_S, 600, 600)
LAST_WEEK = Range("7d", 7 * DAY_S, 2 * HOUR_S, HOUR_S)
LAST_MONTH = Range("30d", 30 * DAY_S, 8 * HOUR_S, 4 * HOUR_S)
CUSTOM_RANGES = (LAST_DAY, LAST_WEEK, LAST_MONTH)


@dataclass(frozen=True, slots=True)
class CustomPicture:
    """The last 24 hours of a custom metric, as they stand in the page."""

    svg: SafeString
    caption: str


@dataclass(frozen=True, slots=True)
class CustomDrawn:
    """What the page shows at once, by metric, and what its readers may ask for."""

    pictures: Mapping[str, CustomPicture]
    bodies: Sequence[Body | Kept]


@dataclass(slots=True)
class _Memory:
    """What was drawn of a page last: its pictures, and for each path what it was drawn of."""

    drawn: dict[str, object] = field(default_factory=dict)
    pictures: dict[str, CustomPicture] = field(default_factory=dict)


class CustomCharts:
    """What one engine remembers of the charts of custom metrics that it has drawn."""

    def __init__(self) -> None:
        self._pages = Remembered(_Memory)

    def draw(self, summary: Summary, stored: Collection[str], *, now: datetime) -> CustomDrawn:
        """Draw what was fed since the last time, and keep what is stored of the rest.

        One query for each range in which something is drawn, however many metrics there are.
        """
        if not summary.custom_metrics:
            self.forget(summary.page_id)
            return CustomDrawn({}, ())
        memory, known = self._pages.of(summary.page_id), set(stored)
        sheets = [_Sheet(summary, chosen, now) for chosen in CUSTOM_RANGES]
        marks = {
            sheet.path(one): sheet.mark(one) for sheet in sheets for one in summary.custom_metrics
        }
        bodies: list[Body | Kept] = []
        for sheet in sheets:
            paths = {one.id: sheet.path(one) for one in summary.custom_metrics}
            old = {path for path in paths.values() if memory.drawn.get(path) == marks[path]} & known
            bodies += map(Kept, sorted(old))
            due = [one for one in summary.custom_metrics if paths[one.id] not in old]
            for metric_id, picture, body in sheet.drawn(due):
                bodies.append(body)
                if sheet.chosen is LAST_DAY:
                    memory.pictures[metric_id] = picture
        memory.drawn = dict(marks)
        shown = {one.id for one in summary.custom_metrics}
        memory.pictures = {key: one for key, one in memory.pictures.items() if key in shown}
        return CustomDrawn(memory.pictures, bodies)

    def forget(self, page_id: str) -> None:
        """Draw a page's charts anew next time: what was drawn last was not stored."""
        self._pages.forget(page_id)


class _Sheet:
    """One range of one page."""

    def __init__(self, summary: Summary, chosen: Range, now: datetime) -> None:
        self.chosen = chosen
        self._folder = f"{page_path(summary.slug)}metrics/"
        self._window: Window = chosen.present(now)
        self._turn = chosen.turn(summary.page_id, now)
        self._zone: tzinfo = zone_named(summary.time_zone)
        self._zone_name = summary.time_zone

    def path(self, metric: CustomMetricSummary) -> str:
        return f"{self._folder}{metric.id}/{self.chosen.name}.json"

    def mark(self, metric: CustomMetricSummary) -> object:
        """Stand for what is drawn. Long ranges follow what is fed once in a period only."""
        fed: object = metric.fed_at is None
        when: object = self._turn
        if self.chosen is LAST_DAY:
            fed, when = (metric.fed_at, metric.value), self._window
        words = (metric.name, metric.suffix, metric.rollup, self._zone_name, get_language())
        return when, fed, words

    def drawn(
        self, metrics: Sequence[CustomMetricSummary]
    ) -> Sequence[tuple[str, CustomPicture, Body]]:
        found = self._read(metrics)
        return [(one.id, *self._draw(one, found.get(one.id, []))) for one in metrics]

    def _read(self, metrics: Sequence[CustomMetricSummary]) -> Mapping[str, Sequence[Point]]:
        if not metrics:
            return {}
        rows = [CustomMetric(pk=one.id, rollup=one.rollup) for one in metrics]
        window = self._window
        return series_of(rows, start=window.start, end=window.end, step=window.step)

    def _draw(
        self, metric: CustomMetricSummary, points: Sequence[Point]
    ) -> tuple[CustomPicture, Body]:
        window = self._window
        plot = Plot.laid(
            dict(points),
            window=(window.start, window.end, window.step),
            suffix=metric.suffix,
            rollup=metric.rollup,
        )
        svg = plot.svg(metric.name, self._zone)
        document = {
            "id": metric.id,
            "range": self.chosen.name,
            **plot.facts(),
            "caption": plot.caption,
            "svg": svg,
            "stale": False,
        }
        return CustomPicture(svg, plot.caption), body_of(self.path(metric), write(document))
