"""What one calendar day was like, of a component and of a monitor alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 -- the field has the name
from decimal import Decimal
from enum import StrEnum

from .uptime import Tally

NO_TIME = Tally()


class DayState(StrEnum):
    """The worst of a day. No data is a state of its own: neither up nor down."""

    NO_DATA = "no data"
    UP = "up"
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class DayBar:
    date: Date
    tally: Tally
    worst: DayState

    @classmethod
    def of(cls, day: Date, sums: Tally) -> "DayBar":
        """Return the bar of a day of which these are the seconds."""
        return cls(day, sums, worst_of(sums))

    @property
    def percentage(self) -> Decimal | None:
        """Return the day's uptime, floored; None without data."""
        return self.tally.percentage()


@dataclass(frozen=True, slots=True)
class History:
    """The days of one thing, oldest first, its uptime over all of them, and its last 24 hours."""

    days: Sequence[DayBar]
    uptime: Decimal | None
    last_day: Tally = NO_TIME


def worst_of(sums: Tally) -> DayState:
    """Return the state that a day is remembered by."""
    if sums.down_s:
        return DayState.DOWN
    if sums.degraded_s:
        return DayState.DEGRADED
    if sums.maintenance_s:
        return DayState.MAINTENANCE
    return DayState.UP if sums.up_s else DayState.NO_DATA
