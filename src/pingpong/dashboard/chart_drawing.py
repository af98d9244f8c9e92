"""Charts over time: lines on a grid, open where there is nothing. The script draws them anew."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil, floor, log10
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Values = Sequence[float | None]
_PITCH = 4
_HEIGHT = 120
_MOST_STEPS = 180


@dataclass(frozen=True, slots=True)
class Grid:
    """From `start` to `end`, seconds since 1970, both on multiples of `step`."""

    start: int
    end: int
    step: int

    @classmethod
    def until(cls, now: datetime, *, length_s: int, step_s: int) -> "Grid":
        """Return the grid whose last step is the present one."""
        second = int(now.timestamp())
        end = second - second % step_s + step_s
        return cls(end - length_s + length_s % step_s, end, step_s)

    def laid(self, found: Mapping[int, float | None]) -> Values:
        """Return the value of each step, None where there is none."""
        return [found.get(at) for at in range(self.start, self.end, self.step)]


@dataclass(frozen=True, slots=True)
class Line:
    label: str | Promise
    values: Values


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines over one grid, with the sentence that says what they show. `unit` follows a number."""

    grid: Grid
    lines: Sequence[Line]
    unit: str
    caption: str
    name: str

    @property
    def is_empty(self) -> bool:
        return all(value is None for line in self.lines for value in line.values)

    @property
    def begins(self) -> datetime:
        return datetime.fromtimestamp(self.grid.start, tz=UTC)

    @property
    def ends(self) -> datetime:
        return datetime.fromtimestamp(self.grid.end, tz=UTC)

    @property
    def is_short(self) -> bool:
        """Tell whether times of day say more than dates."""
        return self.ends - self.begins <= timedelta(days=2)

    @property
    def data(self) -> str:
        """Return what the script draws from."""
        told: dict[str, Any] = {
            "start": self.grid.start,
            "step": self.grid.step,
            "unit": self.unit,
            "isShort": self.is_short,
            "name": self.name,
            "lines": [{"label": str(one.label), "values": one.values} for one in self.lines],
        }
        return json.dumps(told, separators=(",", ":"))

    @property
    def bounds(self) -> tuple[float, float]:
        """Return round numbers below and above all values; 0 is the lower one unless some are."""
        known = [value for line in self.lines for value in line.values if value is not None]
        low, high = min(known, default=0.0), max(known, default=0.0)
        return -_round_up(-low) if low < 0 else 0.0, _round_up(high) if high > 0 else 0.0

    @property
    def svg(self) -> SafeString:
        """Draw the lines for readers without scripts."""
        low, high = self.bounds
        drawn = [_coarser(line.values) for line in self.lines]
        paths = format_html_join(
            "",
            '<path class="line-{}" d="{}"/>',
            ((place, "".join(_steps(values, low, high))) for place, values in enumerate(drawn)),
        )
        return format_html(
            '<svg role="img" aria-label="{}" viewBox="0 0 {} {}" preserveAspectRatio="none">'
            "{}</svg>",
            self.caption,
            max((len(values) for values in drawn), default=1) * _PITCH,
            _HEIGHT,
            paths,
        )


def _round_up(value: float) -> float:
    """Return the next number upwards of which one or two digits say all."""
    unit = 10.0 ** (floor(log10(value)) - 1) * 5
    return ceil(value / unit) * unit


def _coarser(values: Values) -> Values:
    """Draw some steps as one, the highest of them: a drawing must not hide a peak."""
    as_one = ceil(len(values) / _MOST_STEPS)
    some = [values[start : start + as_one] for start in range(0, len(values), as_one)]
    return [max((one for one in part if one is not None), default=None) for part in some]


def _steps(values: Values, low: float, high: float) -> Iterator[str]:
    height = (high - low) or 1.0
    last: int | None = None
    for place, value in enumerate(values):
        if value is None:
            last = None
            continue
        y = _HEIGHT - round((value - low) / height * _HEIGHT)
        x = place * _PITCH + _PITCH // 2
        # A lone value is a dot: a line of no length with round ends.
        yield f"M{x} {y}h0" if last is None else f"L{x} {y}"
        last = y
