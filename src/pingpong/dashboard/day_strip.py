"""Days as a strip of small bars. Trouble is taller than calm, so that colour is not all."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils import dateformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from pingpong.components.day_bars import DayBar, DayState

# Units of the drawing: a day is 5 wide, 3 of them ink.
PITCH = 5
INK = 3
HEIGHT = 24
_LOOKS = {
    DayState.NO_DATA: ("none", 4),
    DayState.UP: ("ok", 14),
    DayState.MAINTENANCE: ("work", 18),
    DayState.DEGRADED: ("minor", 18),
    DayState.DOWN: ("down", 24),
}
_TOLD_DAYS = 5


def draw_days(days: Sequence[DayBar], uptime: Decimal | None) -> SafeString:
    """Draw the days, oldest first, with a label in words."""
    bars = format_html_join(
        "",
        '<path class="{}" d="{}"/>',
        ((_LOOKS[state][0], path) for state in DayState if (path := _path(days, state))),
    )
    return format_html(
        '<svg class="strip" role="img" aria-label="{}" viewBox="0 0 {} {}" '
        'preserveAspectRatio="none">{}</svg>',
        _label(days, uptime),
        len(days) * PITCH - (PITCH - INK),
        HEIGHT,
        bars,
    )


def _path(days: Iterable[DayBar], state: DayState) -> str:
    height = _LOOKS[state][1]
    return "".join(
        f"M{place * PITCH} {HEIGHT}h{INK}v-{height}h-{INK}z"
        for place, day in enumerate(days)
        if day.worst is state
    )


def _label(days: Sequence[DayBar], uptime: Decimal | None) -> str:
    if uptime is None:
        return gettext("Last %(days)d days: nothing is known.") % {"days": len(days)}
    down = [day.date for day in days if day.worst is DayState.DOWN]
    told = {"days": len(days), "uptime": uptime}
    if not down:
        return gettext("Last %(days)d days: %(uptime)s%% uptime.") % told
    told["dates"] = ", ".join(dateformat.format(day, "j M") for day in down[-_TOLD_DAYS:])
    return gettext("Last %(days)d days: %(uptime)s%% uptime, down on %(dates)s.") % told
