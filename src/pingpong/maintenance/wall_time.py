"""Times of day on the clocks of a zone, and the instants that they mean.

A wall time is a naive datetime. Where clocks are set forward some mean nothing, where they are set
back some mean two instants.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

_MINUTE = timedelta(minutes=1)


def readings(wall: datetime, zone: tzinfo) -> Sequence[datetime]:
    """Return the instants at which clocks in a zone show this: none, one, or two in order."""
    found = []
    for fold in (0, 1):
        at = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if at.astimezone(zone).replace(tzinfo=None) == wall and at not in found:
            found.append(at)
    return sorted(found)


def instant_of(wall: datetime, zone: tzinfo, *, is_later: bool = False) -> datetime:
    """Return one instant for any wall time, as RFC 5545 reads them.

    A skipped time is as much later as clocks are set forward; of two the earlier one is taken,
    unless `is_later`.
    """
    found = readings(wall, zone)
    if not found:
        return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return found[-1] if is_later else found[0]


def wall_time_of(at: datetime, zone: tzinfo) -> datetime:
    """Return what clocks in a zone show at an instant, to the minute."""
    return at.astimezone(zone).replace(second=0, microsecond=0, tzinfo=None, fold=0)


def next_that_exists(wall: datetime, zone: tzinfo) -> datetime:
    """Return the first wall time, from this one on, that clocks in the zone do show."""
    while not readings(wall, zone):
        wall += _MINUTE
    return wall
