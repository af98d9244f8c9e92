"""How long monitors were up, and what they were since when in the words of components."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from pingpong.components.status import Status
from pingpong.components.uptime import Span, Tally

from .stretches import Stretch, stretches_since

WINDOWS = (timedelta(days=1), timedelta(days=7), timedelta(days=30), timedelta(days=90))


def spans_since(
    monitor_ids: Collection[str], start: datetime, *, now: datetime
) -> dict[str, list[Span]]:
    """Return what is known from `start` until now, per monitor in order, for `tally` and bars.

    What is not known is missing: neither a gap nor a monitor that was never judged has a span.
    Three queries at most.
    """
    found = stretches_since(monitor_ids, int(start.timestamp()), now=int(now.timestamp()))
    return {
        monitor_id: [Span(status, _instant(low), _instant(high)) for status, low, high in some]
        for monitor_id, some in found.items()
    }


def uptime_of(
    monitor_ids: Collection[str], window: timedelta, *, now: datetime
) -> dict[str, Tally]:
    """Return the seconds of a window that ends now, per monitor of which anything is known in it.

    Three queries at most. Time of which nothing is known is not counted.
    """
    return uptimes(monitor_ids, [window], now=now)[window]


def uptimes(
    monitor_ids: Collection[str], windows: Collection[timedelta], *, now: datetime
) -> dict[timedelta, dict[str, Tally]]:
    """Return what :func:`uptime_of` does for several windows, with the queries of one."""
    end = int(now.timestamp())
    starts = {window: end - int(window.total_seconds()) for window in windows}
    found = stretches_since(monitor_ids, min(starts.values()), now=end)
    return {
        window: {monitor_id: seconds_of(some, start, end) for monitor_id, some in found.items()}
        for window, start in starts.items()
    }


def seconds_of(stretches: Iterable[Stretch], start: int, end: int) -> Tally:
    """Add up stretches clipped to a window."""
    up = down = maintenance = 0
    for status, low, high in stretches:
        seconds = min(high, end) - max(low, start)
        if seconds <= 0:
            continue
        if status == Status.OPERATIONAL:
            up += seconds
        elif status == Status.CRITICAL:
            down += seconds
        else:
            maintenance += seconds
    return Tally(up_s=up, down_s=down, maintenance_s=maintenance)


def _instant(second: int) -> datetime:
    return datetime.fromtimestamp(second, tz=UTC)
