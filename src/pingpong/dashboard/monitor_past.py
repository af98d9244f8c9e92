"""Uptime of one monitor over the last days, and the strip of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from pingpong.components.day_bars import DayBar
from pingpong.components.days import Days
from pingpong.components.uptime import Tally
from pingpong.monitors.daily import days_of

from .day_strip import draw_days

_STRETCHES = ((1, _("Today")), (7, _("7 days")), (30, _("30 days")), (90, _("90 days")))


@dataclass(frozen=True, slots=True)
class Past:
    """`uptimes` are pairs of words and a percentage, None where nothing is known."""

    strip: SafeString
    uptimes: Sequence[tuple[object, Decimal | None]]


def past_of(monitor_id: str, days: Days) -> Past | None:
    """Return what is known of the days of a monitor; None while nothing is. Five queries."""
    known = days_of([monitor_id], days).get(monitor_id)
    if known is None:
        return None
    uptimes = [(words, uptime_of(known.days[-count:])) for count, words in _STRETCHES]
    return Past(draw_days(known.days, known.uptime), uptimes)


def uptime_of(days: Iterable[DayBar]) -> Decimal | None:
    """Return the uptime over some days together, floored."""
    tallies = [day.tally for day in days]
    return Tally(
        up_s=sum(one.up_s for one in tallies),
        degraded_s=sum(one.degraded_s for one in tallies),
        down_s=sum(one.down_s for one in tallies),
    ).percentage()
