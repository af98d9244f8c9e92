"""Ninety days as one small drawing. Trouble rises above the calm line, so that colour is not all.

Numbers are units of the drawing: a day is 5 wide, 3 of them ink.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, ngettext

from pingpong.components.day_bars import DayBar, DayState

from .words import date_words, duration_words, number_words

PITCH = 5
HEIGHT = 32
MIDDLE = HEIGHT // 2
_HEIGHTS = {DayState.MAINTENANCE: 20, DayState.DEGRADED: 26, DayState.DOWN: 32}
_CLASSES = {
    DayState.NO_DATA: "n",
    DayState.UP: "u",
    DayState.MAINTENANCE: "w",
    DayState.DEGRADED: "m",
    DayState.DOWN: "d",
}
# Days told one by one to those who cannot see the drawing.
_TOLD_DAYS = 5


def draw(days: Sequence[DayBar], uptime: str | None, *, mark: str = "") -> SafeString:
    """Draw the days as inline SVG with a label in words; `uptime` is a text like "99.98%".

    `mark` is what it is of, unique in the page: by it the page's script finds it again.
    """
    told = {index: day_words(day) for index, day in enumerate(days) if day.worst in _HEIGHTS}
    return format_html(
        '<svg class="bars" id="bars-{}" data-end="{}" data-days="{}" role="img" '
        'aria-label="{}" viewBox="0 0 {} {}" preserveAspectRatio="none">{}{}{}</svg>',
        mark,
        days[-1].date.isoformat(),
        _shorthand(days),
        _label(days, told, uptime),
        len(days) * PITCH,
        HEIGHT,
        _line(days, DayState.NO_DATA),
        _line(days, DayState.UP),
        _events(days, told),
    )


def _shorthand(days: Sequence[DayBar]) -> str:
    """Write down each day's state: ``n45u44d1`` are 45 without data, 44 calm ones, one down."""
    runs = groupby(_CLASSES[day.worst] for day in days)
    return "".join(f"{letter}{len(list(run))}" for letter, run in runs)


def _line(days: Sequence[DayBar], state: DayState) -> SafeString:
    """Draw all days of one uneventful state as one dashed path."""
    start = 0
    steps = []
    for is_state, run in groupby(days, key=lambda day: day.worst is state):
        length = len(list(run))
        if is_state:
            steps.append(f"M{start * PITCH} {MIDDLE}H{(start + length) * PITCH}")
        start += length
    if not steps:
        return SafeString("")
    return format_html('<path class="{}" d="{}"/>', _CLASSES[state], "".join(steps))


def _events(days: Sequence[DayBar], told: Mapping[int, str]) -> SafeString:
    return format_html_join(
        "",
        '<path class="{}" d="M{} {}h3v{}h-3z"><title>{}</title></path>',
        (
            (
                _CLASSES[days[index].worst],
                index * PITCH,
                MIDDLE - _HEIGHTS[days[index].worst] // 2,
                _HEIGHTS[days[index].worst],
                words,
            )
            for index, words in told.items()
        ),
    )


def day_words(day: DayBar) -> str:
    """Tell of one day: ``12 March 2025: 98.61% uptime, down 20 min``."""
    parts = []
    if day.percentage is not None:
        parts.append(
            gettext("%(percentage)s%% uptime") % {"percentage": number_words(day.percentage)}
        )
    for seconds, phrase in (
        (day.tally.down_s, gettext_noop("down %(time)s")),
        (day.tally.degraded_s, gettext_noop("issues %(time)s")),
        (day.tally.maintenance_s, gettext_noop("maintenance %(time)s")),
    ):
        if seconds:
            parts.append(gettext(phrase) % {"time": duration_words(seconds)})
    return f"{date_words(day.date)}: {', '.join(parts)}"


def _label(days: Sequence[DayBar], told: Mapping[int, str], uptime: str | None) -> str:
    known = gettext("no data yet") if uptime is None else gettext("%s uptime") % uptime
    troubled = [index for index in told if days[index].worst is not DayState.MAINTENANCE]
    head = gettext("Last %(days)d days: %(known)s.") % {"days": len(days), "known": known}
    if not troubled:
        return head
    latest = "; ".join(told[index] for index in reversed(troubled[-_TOLD_DAYS:]))
    problems = ngettext(
        "Problems on %(count)d day: %(told)s.",
        "Problems on %(count)d days: %(told)s.",
        len(troubled),
    )
    return f"{head} {problems % {'count': len(troubled), 'told': latest}}"
