"""Calendar months of a time zone, as stretches of seconds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day, from `start` until `end`, both in seconds since 1970."""

    first_day: date
    start: int
    end: int


def zone_named(name: str) -> tzinfo:
    """Return the time zone of an IANA name; UTC for a name that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def month_of(second: int, zone: tzinfo) -> Month:
    """Return the month that an instant is in."""
    day = datetime.fromtimestamp(second, tz=zone).date().replace(day=1)
    return Month(day, _start_of(day, zone), _start_of(_after(day), zone))


def months_between(start: int, end: int, zone: tzinfo) -> Iterator[Month]:
    """Yield the months that touch the time from `start` until before `end`, in order."""
    at = start
    while at < end:
        month = month_of(at, zone)
        yield month
        at = month.end


def _after(first_day: date) -> date:
    years, month = divmod(first_day.month, _MONTHS)
    return date(first_day.year + years, month + 1, 1)


def _start_of(day: date, zone: tzinfo) -> int:
    return int(datetime.combine(day, time.min, tzinfo=zone).timestamp())
