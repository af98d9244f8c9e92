"""The uptime of a page over 30 days, as its badges say it."""

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from pingpong.components.history import intervals_since
from pingpong.components.models import Component
from pingpong.components.uptime import floored_percentage, tally

WINDOW = timedelta(days=30)


def uptime_of_page(page_id: str, *, now: datetime) -> Decimal:
    """Return 0.00 to 100.00, floored: the mean over showcased components that have data.

    Contract 4b; 100 where nothing has data.
    """
    start = now - WINDOW
    showcased = Component.objects.filter(page_id=page_id, showcased=True)
    spans = intervals_since(list(showcased.values_list("pk", flat=True)), start, now=now)
    shares = [tally(some, start, now).share() for some in spans.values()]
    known = [share for share in shares if share is not None]
    if not known:
        return Decimal(100)
    return floored_percentage(sum(known, Fraction(0)) / len(known))
