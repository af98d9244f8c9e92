"""Uptime as interval arithmetic: pure functions over spans of one component."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache

from .status import DEGRADED, DOWN, Status

MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Span:
    """One effective status from `start` until `end`."""

    status: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """Seconds by what they count as. Unknown is no data: neither up nor down."""

    up_s: float = 0.0
    degraded_s: float = 0.0
    down_s: float = 0.0
    maintenance_s: float = 0.0
    unknown_s: float = 0.0

    def share(self) -> Fraction | None:
        """Return the exact share of up in up and down; None without data.

        Degraded seconds are up: the service answered (docs/adr/0003). Maintenance is left out.
        """
        up, counted = self._counted()
        return Fraction(up, counted) if counted > 0 else None

    def percentage(self) -> Decimal | None:
        """Return 0.00 to 100.00, floored; None without data."""
        # Without the fraction, whose common divisors cost more than all else: pages ask often.
        up, counted = self._counted()
        return _hundredths(up * 10_000 // counted) if counted > 0 else None

    def _counted(self) -> tuple[int, int]:
        # Whole microseconds: in binary fractions 100 % can come out as 99.99.
        up = round((self.up_s + self.degraded_s) * MICROSECONDS)
        return up, up + round(self.down_s * MICROSECONDS)


def floored_percentage(share: Fraction) -> Decimal:
    """Return a share of 0 to 1 as 0.00 to 100.00, never rounded up."""
    return _hundredths(share.numerator * 10_000 // share.denominator)


@cache
def _hundredths(number: int) -> Decimal:
    return Decimal(number).scaleb(-2)


def tally(spans: Iterable[Span], window_start: datetime, window_end: datetime) -> Tally:
    """Add up the spans clipped to the window; what no span covers is not counted."""
    sums = {"up_s": 0.0, "degraded_s": 0.0, "down_s": 0.0, "maintenance_s": 0.0, "unknown_s": 0.0}
    for span in spans:
        start, end = max(span.start, window_start), min(span.end, window_end)
        if start < end:
            sums[_counts_as(span.status)] += (end - start).total_seconds()
    return Tally(**sums)


def _counts_as(status: str) -> str:
    if status in DOWN:
        return "down_s"
    if status in DEGRADED:
        return "degraded_s"
    if status == Status.MAINTENANCE:
        return "maintenance_s"
    return "unknown_s" if status == Status.UNKNOWN else "up_s"
