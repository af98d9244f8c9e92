"""A monitor's response times as a chart shows them: two lines on a grid, gaps left open."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from django.utils.translation import gettext

from pingpong.monitors.series import Point

from .ranges import LAST_DAY, Range, Window
from .words import duration_words, number_words

Line = Sequence[float | None]
_PARTS_OF_A_MS = 1000


@dataclass(frozen=True, slots=True)
class Lines:
    """Milliseconds, one value for each step of the window, None where nothing was measured.

    `middle` are means and `high` the highest of 24 hours; of a longer range they are the median
    and the 95th percentile.
    """

    window: Window
    middle: Line
    high: Line

    @property
    def is_empty(self) -> bool:
        return all(value is None for value in self.middle)


def lines_of(points: Iterable[Point], window: Window, chosen: Range, *, interval_s: int) -> Lines:
    """Lay measurements on the grid of a window.

    A monitor that is looked at every `interval_s` seconds has a coarser grid where that is longer
    than a step: that it was not looked at in between is no gap.
    """
    as_one = ceil(interval_s / window.step)
    grid = Window(window.start, window.end, window.step * as_one)
    found: dict[int, list[Point]] = defaultdict(list)
    for point in points:
        if point.ok:
            found[(point.start - grid.start) // grid.step].append(point)
    middle_of, high_of = (_mean, _highest) if chosen is LAST_DAY else (_median, _high)

    def line(value_of: Callable[[Sequence[Point]], float | None]) -> Line:
        places = range(grid.count)
        return [_ms(value_of(found[place])) if place in found else None for place in places]

    return Lines(grid, line(middle_of), line(high_of))


def _mean(points: Sequence[Point]) -> float | None:
    known = [(one.mean_us, one.ok) for one in points if one.mean_us is not None]
    return sum(us * ok for us, ok in known) / sum(ok for _, ok in known) if known else None


def _highest(points: Sequence[Point]) -> float | None:
    return max((one.max_us for one in points if one.max_us is not None), default=None)


def _median(points: Sequence[Point]) -> float | None:
    return points[0].p50_us


def _high(points: Sequence[Point]) -> float | None:
    return points[0].p95_us


def _ms(us: float | None) -> float | None:
    if us is None:
        return None
    value = round(us / _PARTS_OF_A_MS, 1)
    return int(value) if value.is_integer() else value


def caption_of(lines: Lines, chosen: Range) -> str:
    """Tell in a sentence what the lines show."""
    known = [value for value in lines.middle if value is not None]
    high = max((value for value in lines.high if value is not None), default=None)
    if not known or high is None:
        return gettext("No response times yet.")
    low, top = (time_words(edge) for edge in (min(known), max(known)))
    between = low if low == top else gettext("%(low)s to %(top)s") % {"low": low, "top": top}
    if chosen is LAST_DAY:
        text = gettext("Mean %(between)s, highest %(high)s.")
    else:
        text = gettext("Median %(between)s, 95 of 100 below %(high)s.")
    told = text % {"between": between, "high": time_words(high)}
    missing_s = _missing_s(lines)
    if not missing_s:
        return told
    return f"{told} {gettext('No response times for %s.') % duration_words(missing_s)}"


def _missing_s(lines: Lines) -> int:
    """Return for how long nothing is known, after the first that is; the last step goes on yet."""
    gaps = [value is None for value in lines.middle[:-1]]
    runs = [(is_gap, len(list(run))) for is_gap, run in groupby(gaps)]
    return sum(length for is_gap, length in runs[1:] if is_gap) * lines.window.step


def time_words(ms: float) -> str:
    """Return ``142 ms``; a time that is shorter than 10 ms has one decimal."""
    value = round(ms, 1) if ms < 10 else round(ms)  # noqa: PLR2004 -- two digits are enough
    return gettext("%(n)s ms") % {"n": number_words(value)}
