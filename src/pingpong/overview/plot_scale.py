"""The scale of a chart: round numbers in few steps, around what was measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, isclose, log10

# So many steps at most: a reader compares with lines, and does not count them.
MOST_STEPS = 4
_ROUND = (1, 2, 5, 10)
# What stays within this part of its own height is looked at closely, without a zero.
_NARROW = 0.25
_WHOLE_IS_EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Scale:
    """Ticks in order, at least two; the first and the last are the edges."""

    ticks: Sequence[float]

    @property
    def low(self) -> float:
        return self.ticks[0]

    @property
    def high(self) -> float:
        return self.ticks[-1]

    @property
    def decimals(self) -> int:
        """Return how many decimals tell each tick from its neighbours."""
        step = min(after - before for before, after in pairwise(self.ticks))
        return max(0, -floor(log10(step) + 1e-9))

    def share(self, value: float) -> float:
        """Return how far up a value is: 0 at the lower edge, 1 at the upper one."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def scale_of(values: Sequence[float], *, has_zero: bool = False) -> Scale:
    """Return the scale of some values.

    It has a zero, unless the values move within a narrow band far away from it, such as
    percentages between 99.2 and 99.9; with `has_zero` even then.
    """
    low, high = min(values, default=0.0), max(values, default=0.0)
    is_narrow = low > 0 and high - low < _NARROW * high and not isclose(low, high)
    if has_zero or not is_narrow:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + 1
    is_whole = all(float(value).is_integer() for value in values)
    step = _step((high - low) / MOST_STEPS, is_whole=is_whole)
    while (last := ceil(_near(high / step))) - (first := floor(_near(low / step))) > MOST_STEPS:
        step = _step(step * 1.01, is_whole=is_whole)
    return Scale([_clean(place * step) for place in range(first, last + 1)])


def _step(least: float, *, is_whole: bool) -> float:
    """Return the next of 1, 2, 5, 10 ... from `least` upwards."""
    unit = 10.0 ** floor(log10(least))
    step = next(unit * one for one in _ROUND if unit * one >= least * (1 - 1e-9))
    return max(step, 1.0) if is_whole else step


def _near(steps: float) -> float:
    """Let 2.9999999999999996 steps be three."""
    return round(steps) if isclose(steps, round(steps), rel_tol=1e-9, abs_tol=1e-9) else steps


def _clean(value: float) -> float:
    return float(f"{value:.12g}") if abs(value) < _WHOLE_IS_EXACT else value
