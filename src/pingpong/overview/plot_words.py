"""Numbers of custom metrics in words: decimals that say something, thousands, and the unit."""

from collections.abc import Sequence
from itertools import pairwise
from math import floor, log10

from .plot_scale import Scale

# From here on one decimal says enough, and later none; below, so many digits do.
_LARGE = 100
_HUGE = 1000
_DIGITS = 4
# A number of so many digits is not read any more.
_UNITS = ((1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"))
_UNREADABLE = 1e7
_TINY_DECIMALS = 6
# A unit of so many letters stands at each tick.
_SHORT = 3
# These stand at their number without a space.
_CLOSE = ("%", "‰", "°")


def rounded(value: float) -> float:
    """Return a value with as many digits as are told of it; whole numbers stay whole."""
    if value == round(value) or abs(value) >= _HUGE:
        return round(value)
    if abs(value) >= _LARGE:
        return round(value, 1)
    return float(f"{value:.{_DIGITS}g}")


def number_words(value: float, suffix: str) -> str:
    """Return a value with its unit: ``1,204 ms``, ``0.25%``."""
    if value == round(value):
        number = f"{value:,.0f}"
    else:
        number = f"{value:,.1f}" if abs(value) >= _LARGE else f"{value:.{_DIGITS}g}"
    return with_unit(number, suffix)


def with_unit(number: str, suffix: str) -> str:
    unit = suffix.strip()
    is_close = unit in _CLOSE
    return f"{number}{unit}" if is_close else f"{number} {unit}".strip()


def stretch_words(low: float, high: float, suffix: str) -> tuple[str, str]:
    """Return two numbers of which the second has the unit; one like a percent sign has each."""
    is_close = suffix.strip() in _CLOSE
    return number_words(low, suffix if is_close else ""), number_words(high, suffix)


def tick_words(scale: Scale, suffix: str) -> tuple[Sequence[str], str]:
    """Return what stands at each tick, and what stands once above them: a unit that is long."""
    is_short = len(suffix.strip()) <= _SHORT
    own, above = (suffix, "") if is_short else ("", suffix.strip())
    return [with_unit(_tick(value, scale), own) for value in scale.ticks], above


def _tick(value: float, scale: Scale) -> str:
    value = value or 0.0
    if scale.decimals > _TINY_DECIMALS:
        return f"{value:.{_digits(scale)}e}" if value else "0"
    most = max(abs(scale.low), abs(scale.high))
    if value and most >= _UNREADABLE:
        unit, letter = next(one for one in _UNITS if most >= one[0])
        step = min(after - before for before, after in pairwise(scale.ticks)) / unit
        decimals = max(0, -floor(log10(step) + 1e-9))
        return f"{value / unit:,.{decimals}f}{letter}"
    return f"{value:,.{scale.decimals}f}"


def _digits(scale: Scale) -> int:
    """Return how many decimals a power of ten needs so that ticks differ."""
    most = max(abs(scale.low), abs(scale.high))
    return max(0, scale.decimals + floor(log10(most)))
