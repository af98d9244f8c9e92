"""Calendar days of a page's time zone, as stretches of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo


def zone_named(name: str) -> tzinfo:
    """Return the time zone of an IANA name; UTC for a name that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def start_of_day(day: date, zone: tzinfo) -> datetime:
    """Return the first instant of a day, in UTC. Where midnight is skipped, it is the jump."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Days:
    """Some days in a row, the last being the one of `now`: it ends now, the others at midnight.

    `edges` has one instant more than `dates`: day `i` lasts from `edges[i]` to `edges[i + 1]`.
    """

    dates: Sequence[date]
    edges: Sequence[datetime]
    next_midnight: datetime

    @classmethod
    def until(cls, now: datetime, *, zone: tzinfo, count: int) -> "Days":
        """Return the last `count` days in a zone, today included."""
        today = now.astimezone(zone).date()
        dates = tuple(today - timedelta(days=back) for back in range(count - 1, -1, -1))
        edges = (*(start_of_day(day, zone) for day in dates), now)
        return cls(dates, edges, start_of_day(today + timedelta(days=1), zone))

    @property
    def start(self) -> datetime:
        return self.edges[0]
