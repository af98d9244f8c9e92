"""The drawing of a chart: it fits every width, in both schemes, and needs no script.

Words and lines are placed in percent and keep their size; the curve alone is stretched.
"""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from itertools import groupby, pairwise
from math import ceil

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .plot_scale import Scale
from .plot_times import marks_of
from .plot_words import tick_words

Values = Sequence[float | None]
HEIGHT = 100
PITCH = 4
# Of more steps than these, some are drawn as one.
MOST_STEPS = 180
_SPARK_STEPS = 48
_CURVE = (
    '<svg class="curve" viewBox="0 0 {} {}" width="100%" height="100%" preserveAspectRatio="none">'
    "{}</svg>"
)


def draw_plot(
    values: Values,
    scale: Scale,
    *,
    edges: tuple[int, int],
    suffix: str,
    label: str,
    zone: tzinfo,
    letter: float,
) -> SafeString:
    """Draw ticks, round times between the `edges` and the curve; a gap stays open.

    `letter` is the width of a letter as a share of the drawing's: the numbers of the ticks have
    as much room as they need.
    """
    words, unit = tick_words(scale, suffix)
    room = (max(map(len, words)) + 1) * letter
    drawn = coarser(values, MOST_STEPS)
    field = format_html(
        '<svg class="field" width="{}" height="100%">{}{}{}{}</svg>',
        percent(1 - room),
        _lines(scale),
        _times(edges, zone),
        _curve(drawn, scale),
        _newest(values, scale),
    )
    return format_html(
        '<svg class="plot-svg" role="img" aria-label="{}">{}{}</svg>',
        label,
        field,
        _ticks(scale, words, unit),
    )


def draw_spark(values: Values, scale: Scale) -> SafeString:
    """Draw the curve alone."""
    curve = _curve(coarser(values, _SPARK_STEPS), scale)
    return format_html('<svg class="spark" aria-hidden="true">{}</svg>', curve)


def coarser(values: Values, most: int) -> Values:
    """Draw some steps as one, the highest of them: a drawing must not hide a peak."""
    as_one = ceil(len(values) / most)
    some = [values[start : start + as_one] for start in range(0, len(values), as_one)]
    return [max((one for one in part if one is not None), default=None) for part in some]


def percent(share: float) -> str:
    return f"{round(share * 100, 2):g}%"


def _lines(scale: Scale) -> SafeString:
    places = (percent(1 - scale.share(tick)) for tick in scale.ticks)
    lines = (
        ("zero" if tick == 0 else "tick", place, place)
        for tick, place in zip(scale.ticks, places, strict=True)
    )
    return format_html_join("", '<line class="{}" x2="100%" y1="{}" y2="{}"/>', lines)


def _ticks(scale: Scale, words: Sequence[str], unit: str) -> SafeString:
    places = (percent(1 - scale.share(tick)) for tick in scale.ticks)
    told = format_html_join(
        "",
        '<text class="y" x="100%" y="{}" dy="4">{}</text>',
        zip(places, words, strict=True),
    )
    above = format_html('<text class="y" x="100%" y="0" dy="-12">{}</text>', unit)
    return format_html("{}{}", told, above if unit else "")


def _times(edges: tuple[int, int], zone: tzinfo) -> SafeString:
    marks = ((percent(one.share), one.word) for one in marks_of(*edges, zone))
    return format_html_join("", '<text class="x" x="{}" y="100%" dy="16">{}</text>', marks)


def _curve(values: Values, scale: Scale) -> SafeString:
    segments = list(_segments(values, scale))
    line = "".join(_line(x, heights) for x, heights in segments)
    paths = format_html('<path class="line" d="{}"/>', line)
    if scale.low <= 0 <= scale.high:
        base = HEIGHT - round(scale.share(0) * HEIGHT)
        area = "".join(_area(x, heights, base) for x, heights in segments if len(heights) > 1)
        paths = format_html('<path class="area" d="{}"/>{}', area, paths)
    return format_html(_CURVE, len(values) * PITCH, HEIGHT, paths)


def _newest(values: Values, scale: Scale) -> SafeString:
    """Mark the last value, if it is of the present."""
    recent = [
        (at, one) for at, one in enumerate(values) if one is not None and at >= len(values) - 2
    ]
    if not recent:
        return SafeString("")
    place, value = recent[-1]
    x = percent((place + 0.5) / len(values))
    return format_html(
        '<circle class="newest" cx="{}" cy="{}" r="3"/>', x, percent(1 - scale.share(value))
    )


def _segments(values: Values, scale: Scale) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield where each run without a gap begins, and its heights from the upper edge."""
    for is_gap, run in groupby(enumerate(values), key=lambda one: one[1] is None):
        if is_gap:
            continue
        some = list(run)
        heights = [HEIGHT - round(scale.share(one or 0.0) * HEIGHT) for _, one in some]
        yield some[0][0] * PITCH + PITCH // 2, heights


def _line(x: int, heights: Sequence[int]) -> str:
    # A lone value is a dot: a line of no length with round ends.
    return f"M{x} {heights[0]}h0{_steps(heights)}"


def _area(x: int, heights: Sequence[int], base: int) -> str:
    return f"M{x} {base}V{heights[0]}{_steps(heights)}V{base}z"


def _steps(heights: Sequence[int]) -> str:
    """Write a path in relative steps, which is shortest."""
    pairs = pairwise(heights)
    return "".join(f"l{PITCH} {after - before}".replace(" -", "-") for before, after in pairs)
