"""Where the clock's round times are on a chart, and what stands there."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from django.utils import dateformat

_HOUR_S = 3600
_DAY_S = 24 * _HOUR_S
# Up to so long a chart has times of day, up to the next one week days, then dates.
_HOURS_UNTIL_S = 2 * _DAY_S
_WEEK_DAYS_UNTIL_S = 10 * _DAY_S
_HOURS_APART = 6
_DAYS_APART = 7
# A word that is closer to the edge would be cut off.
_MARGIN = 0.045


class Mark(NamedTuple):
    """A round time: how far along it is, from 0 to 1, and its word."""

    share: float
    word: str


def marks_of(start: int, end: int, zone: tzinfo) -> list[Mark]:
    """Return round times between two instants, seconds since 1970, as the clocks of a zone show.

    Midnights are those of the zone, also where a day has 23 or 25 hours.
    """
    length_s = end - start
    marks = [
        Mark((at.timestamp() - start) / length_s, word)
        for at, word in _round_times(start, end, zone)
    ]
    return [mark for mark in marks if _MARGIN <= mark.share <= 1 - _MARGIN]


def _round_times(start: int, end: int, zone: tzinfo) -> Iterator[tuple[datetime, str]]:
    first = datetime.fromtimestamp(start, tz=UTC).astimezone(zone).date()
    days = (end - start) // _DAY_S + 2
    dates = [first + timedelta(days=number) for number in range(days)]
    if end - start <= _HOURS_UNTIL_S:
        for day in dates:
            for hour in range(0, 24, _HOURS_APART):
                at = datetime.combine(day, time(hour), zone)
                yield at, dateformat.format(at, "H:i")
        return
    is_week = end - start <= _WEEK_DAYS_UNTIL_S
    # From the end backwards, so that the present week is whole.
    some = dates if is_week else dates[::-_DAYS_APART][::-1]
    for day in some:
        at = datetime.combine(day, time(), zone)
        yield at, dateformat.format(at, "D" if is_week else "j M")
