"""The uptime of a page over 30 days, as its badges say it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from pingpong.components.history import intervals_since
from pingpong.components.models import Component
from pingpong.components.uptime import Tally, floored_percentage, tally
from pingpong.monitors.models import Monitor, Showcase
from pingpong.monitors.uptime import uptime_of

WINDOW = timedelta(days=30)
SHOWING_UPTIME = (Showcase.UPTIME, Showcase.UPTIME_AND_RESPONSE_TIME)


def uptime_of_page(page_id: str, *, now: datetime) -> Decimal:
    """Return 0.00 to 100.00, floored: the mean over monitors that showcase it and have data.

    Without such the mean over showcased components that have data, and without those 100
    (contract 4b). Six queries at most.
    """
    mean = _mean(_of_monitors(page_id, now))
    if mean is None:
        mean = _mean(_of_components(page_id, now))
    return Decimal(100) if mean is None else floored_percentage(mean)


def _of_monitors(page_id: str, now: datetime) -> Iterable[Tally]:
    showing = Monitor.objects.filter(page_id=page_id, showcased__in=SHOWING_UPTIME)
    ids = list(showing.order_by().values_list("pk", flat=True))
    return uptime_of(ids, WINDOW, now=now).values() if ids else ()


def _of_components(page_id: str, now: datetime) -> Iterable[Tally]:
    showcased = Component.objects.filter(page_id=page_id, showcased=True)
    ids = list(showcased.order_by().values_list("pk", flat=True))
    start = now - WINDOW
    spans = intervals_since(ids, start, now=now)
    return [tally(some, start, now) for some in spans.values()]


def _mean(tallies: Iterable[Tally]) -> Fraction | None:
    shares = [share for one in tallies if (share := one.share()) is not None]
    return sum(shares, Fraction(0)) / len(shares) if shares else None
