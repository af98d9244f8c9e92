"""The last 24 hours as a drawing in the page, for readers without scripts."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, log10

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .chart_lines import Line, Lines, time_words

# Units of the drawing, and how many steps it has at most.
PITCH = 4
HEIGHT = 120
_MOST_STEPS = 72
_STEPS_OF_A_SCALE = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing, and the words at the upper end of its scale."""

    svg: SafeString
    top: str


def draw(lines: Lines, label: str) -> Drawing:
    """Draw both lines; where nothing was measured there is nothing."""
    middle, high = _coarser(lines.middle), _coarser(lines.high)
    top = scale_top(max((value for value in high if value is not None), default=1))
    svg = format_html(
        '<svg role="img" aria-label="{}" viewBox="0 0 {} {}" preserveAspectRatio="none">'
        '<path class="hi" d="{}"/><path class="mid" d="{}"/></svg>',
        label,
        len(middle) * PITCH,
        HEIGHT,
        _path(high, top),
        _path(middle, top),
    )
    return Drawing(svg, time_words(top))


def scale_top(value: float) -> float:
    """Return the next round number from a value upwards."""
    unit = 10.0 ** ceil(log10(max(value, 1)) - 1)
    return next(unit * step for step in _STEPS_OF_A_SCALE if unit * step >= value)


def _coarser(line: Line) -> Line:
    """Draw some steps as one, the highest of them: a drawing must not hide a peak."""
    as_one = ceil(len(line) / _MOST_STEPS)
    some = [line[start : start + as_one] for start in range(0, len(line), as_one)]
    return [max((one for one in part if one is not None), default=None) for part in some]


def _path(line: Line, top: float) -> str:
    return "".join(_steps(line, top))


def _steps(line: Line, top: float) -> Iterator[str]:
    """Write a path in relative steps, which is shortest; a gap lifts the pen."""
    last: int | None = None
    for place, value in enumerate(line):
        if value is None:
            last = None
            continue
        y = HEIGHT - round(min(value / top, 1) * HEIGHT)
        if last is None:
            # A lone value is a dot: a line of no length with round ends.
            yield f"M{place * PITCH + PITCH // 2} {y}h0"
        else:
            yield f"l{PITCH} {y - last}".replace(" -", "-")
        last = y
