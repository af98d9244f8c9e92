"""The charts of a page: read and written again only when their window has moved on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import get_language, gettext, override

from pingpong.monitors import series
from pingpong.overview.monitors import MonitorSummary
from pingpong.overview.summary import Summary
from pingpong.pages.address import page_path

from . import chart_svg
from .body import Body, Kept
from .chart_bodies import body_of, chart_json, days_json
from .chart_lines import Lines, caption_of, lines_of
from .custom_charts import CustomCharts, CustomPicture
from .ranges import LAST_DAY, LAST_QUARTER, RANGES, Range, Window
from .remembered import Remembered
from .tongues import spoken

Points = Mapping[str, Sequence[series.Point]]


@dataclass(frozen=True, slots=True)
class Picture:
    """The last 24 hours of one monitor, as they stand in the page."""

    drawing: chart_svg.Drawing
    caption: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the page shows at once, by monitor, and what its readers may ask for."""

    lines: Mapping[str, Lines]
    bodies: Sequence[Body | Kept]
    # By language: who draws the same page again finds them.
    told: dict[str, Mapping[str, Picture]] = field(default_factory=dict)
    custom: Mapping[str, CustomPicture] = field(default_factory=dict)

    @property
    def pictures(self) -> Mapping[str, Picture]:
        """Return the last 24 hours of each monitor, told in the active language."""
        language = get_language() or ""
        if language not in self.told:
            self.told[language] = {one: _picture(lines) for one, lines in self.lines.items()}
        return self.told[language]


NOTHING = Drawn({}, ())


@dataclass(slots=True)
class _Memory:
    """What was drawn of a page last: for each range its window, and of whom."""

    drawn: dict[str, object] = field(default_factory=dict)
    lines: Mapping[str, Lines] = field(default_factory=dict)
    told: dict[str, Mapping[str, Picture]] = field(default_factory=dict)


class Charts:
    """What one engine remembers of the charts that it has drawn."""

    def __init__(self) -> None:
        self._pages = Remembered(_Memory)
        self._custom = CustomCharts()

    def draw(self, summary: Summary, stored: Collection[str], *, now: datetime) -> Drawn:
        """Draw what has moved on since the last time, and keep what is stored of the rest.

        One query for each range that has moved on, however many monitors there are; the same
        for custom metrics.
        """
        monitors = self._monitors(summary, stored, now=now)
        with override(summary.look.language):
            custom = self._custom.draw(summary, stored, now=now)
        bodies = (*monitors.bodies, *custom.bodies)
        return Drawn(monitors.lines, bodies, monitors.told, custom.pictures)

    def _monitors(self, summary: Summary, stored: Collection[str], *, now: datetime) -> Drawn:
        with_times = [one for one in summary.monitors if one.shows_response_time]
        with_bars = [one for one in summary.monitors if one.shows_uptime]
        if not with_times and not with_bars:
            self._pages.forget(summary.page_id)
            return NOTHING
        memory, known = self._pages.of(summary.page_id), set(stored)
        bodies: list[Body | Kept] = []
        for chosen in RANGES:
            sheet = _Sheet(
                f"{page_path(summary.slug)}metrics/",
                chosen,
                chosen.window(summary.page_id, now),
                with_times,
                with_bars if chosen is LAST_QUARTER else [],
                spoken(summary) or (summary.look.language,),
            )
            if memory.drawn.get(chosen.name) == sheet.mark and known.issuperset(sheet.paths):
                bodies += map(Kept, sheet.paths)
                continue
            points = sheet.read()
            bodies += sheet.bodies(points)
            if chosen is LAST_DAY:
                memory.lines, memory.told = sheet.drawable(points), {}
            memory.drawn[chosen.name] = sheet.mark
        return Drawn(memory.lines, bodies, memory.told)

    def forget(self, page_id: str) -> None:
        """Draw a page's charts anew next time: what was drawn last was not stored."""
        self._pages.forget(page_id)
        self._custom.forget(page_id)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One range of one page: whose response times it shows, and whose checks by day."""

    folder: str
    chosen: Range
    window: Window
    with_times: Sequence[MonitorSummary]
    with_days: Sequence[MonitorSummary]
    languages: Sequence[str]

    @property
    def mark(self) -> object:
        """Stand for what is drawn: while it is the same, so is the drawing."""
        monitors = (*self.with_times, *self.with_days)
        return (
            self.window,
            self.languages,
            [(one.id, one.interval_s, one.checked_at is None) for one in monitors],
        )

    @property
    def paths(self) -> list[str]:
        times = [self._path(one, self.chosen.name) for one in self.with_times]
        return times + [self._path(one, "days") for one in self.with_days]

    def _path(self, monitor: MonitorSummary, name: str) -> str:
        return f"{self.folder}{monitor.id}/{name}.json"

    def read(self) -> Points:
        ids = list(dict.fromkeys(one.id for one in (*self.with_times, *self.with_days)))
        if not ids:
            return {}
        window = self.window
        return series.series(ids, start=window.start, end=window.end, step=window.step)

    def _lines(self, monitor: MonitorSummary, points: Points) -> Lines:
        some = points.get(monitor.id, ())
        return lines_of(some, self.window, self.chosen, interval_s=monitor.interval_s)

    def bodies(self, points: Points) -> Iterable[Body]:
        for one in self.with_times:
            text = chart_json(one.id, self._lines(one, points), self.chosen, self.languages)
            yield body_of(self._path(one, self.chosen.name), text)
        for one in self.with_days:
            text = days_json(one.id, points.get(one.id, ()), self.window)
            yield body_of(self._path(one, "days"), text)

    def drawable(self, points: Points) -> dict[str, Lines]:
        drawn = ((one.id, self._lines(one, points)) for one in self.with_times)
        return {monitor_id: lines for monitor_id, lines in drawn if not lines.is_empty}


def _picture(lines: Lines) -> Picture:
    caption = caption_of(lines, LAST_DAY)
    label = gettext("Response time in the last 24 hours. %s") % caption
    return Picture(chart_svg.draw(lines, label), caption)
