from collections.abc import Iterable
from datetime import datetime, timedelta

from pingpong.monitors.intake import take_outcomes
from pingpong.monitors.models import Monitor, Watch
from pingpong.probe.contract import UP, Outcome


def seen(
    monitor: Monitor,
    words: Iterable[str],
    *,
    since: datetime,
    every: timedelta = timedelta(minutes=5),
    location: str | None = None,
    vantage: str = "local",
    total_us: int = 120_000,
) -> datetime:
    """Take in one outcome after the other, each at its own time; return the time of the last."""
    watch = Watch.objects.get(monitor=monitor, location=location or monitor.location)
    at = since
    for number, word in enumerate(words):
        at = since + number * every
        take_outcomes(
            [Outcome(watch.pk, int(at.timestamp()), word, total_us=total_us)],
            vantage=vantage,
            now=at + timedelta(seconds=1),
        )
    return at


def ups(count: int) -> list[str]:
    return [UP] * count
