"""How the page says times, durations and states."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache

from django.utils import dateformat
from django.utils.formats import get_format, number_format
from django.utils.translation import get_language, gettext, gettext_noop, ngettext, pgettext

from pingpong.components.status import Color, Status
from pingpong.overview.monitors import Present
from pingpong.overview.summary import ComponentSummary, Summary

# Each state has a sign of its own, so that nothing hangs on colour alone.
_SIGNS = {
    Status.OPERATIONAL: "ok",
    Status.MINOR: "minor",
    Status.MAJOR: "major",
    Status.CRITICAL: "down",
    Status.UNAVAILABLE: "down",
    Status.MAINTENANCE: "work",
    Status.UNKNOWN: "none",
}
_PAGE_SIGNS = {Color.GREEN: "ok", Color.ORANGE: "major", Color.RED: "down", Color.GRAY: "work"}
_TITLE_MARKS = {"ok": "●", "major": "▲", "down": "✖", "work": "◆", "none": "○"}
_NAMED_COMPONENTS = 3
# Where what Django has is not what one reads on a page.
_DATE_FORMS = {"en": "j F Y", "ko": "Y년 n월 j일", "pt": r"j \d\e F \d\e Y", "tr": "j F Y"}
# Django begins their months with a capital, which is wrong within a sentence.
_SMALL_MONTHS = frozenset({"it", "pt"})
_BEFORE_TIMES = {"ar": "، ", "ja": " ", "ko": " ", "zh-hans": " "}
_WEEKDAYS = {
    "de": "{weekday}, {date}",
    "ja": "{date}({weekday})",
    "ko": "{date}({weekday})",
    "zh-hans": "{date}{weekday}",
}
WORST_FIRST = ("down", "major", "minor", "work", "none", "ok")


def sign_of(status: str) -> str:
    """Return the name of the sign of a component's status."""
    return _SIGNS[Status(status)]


def page_sign(color: str) -> str:
    """Return the name of the sign of a page's colour."""
    return _PAGE_SIGNS[Color(color)]


def title_mark(sign: str) -> str:
    """Return the character that stands for a page's sign where only text can."""
    return _TITLE_MARKS[sign]


def zone_words(local: datetime) -> str:
    """Return a zone's abbreviation; those that have none are told as ``UTC-03``."""
    name = local.tzname() or "UTC"
    return f"UTC{name}" if name[0] in "+-" else name


@lru_cache(maxsize=2000)
def _date_words(day: date, language: str) -> str:
    """Write a date out; every component of a page has the same ninety."""
    form = _DATE_FORMS.get(language) or get_format("DATE_FORMAT", language)
    words = dateformat.format(day, form)
    return words.lower() if language in _SMALL_MONTHS else words


def date_words(day: date) -> str:
    """Return ``3 March 2025``, as the active language has it."""
    return _date_words(day, get_language() or "en")


def _at_time(words: str, local: datetime) -> str:
    between = _BEFORE_TIMES.get(get_language() or "en", ", ")
    return f"{words}{between}{dateformat.format(local, 'H:i')}"


def day_of_the_week(day: date) -> str:
    """Return a date with its day of the week, in short: ``Mon 3 March 2025``."""
    language = get_language() or "en"
    form = _WEEKDAYS.get(language, "{weekday} {date}")
    return form.format(weekday=dateformat.format(day, "D"), date=date_words(day))


def days_words(oldest: date, newest: date) -> str:
    """Return a run of days, as two whole dates in a language that is not read otherwise."""
    if (get_language() or "en") != "en":
        return f"{date_words(oldest)} – {date_words(newest)}"  # noqa: RUF001
    same_month = (newest.year, newest.month) == (oldest.year, oldest.month)
    start = dateformat.format(oldest, "j" if same_month else "j F")
    return f"{start} – {date_words(newest)}"  # noqa: RUF001


def percent_words(value: Decimal) -> str:
    """Return ``99.98%``, as the active language writes it."""
    return gettext("%(number)s%%") % {"number": number_words(value)}


def number_words(value: Decimal | float) -> str:
    """Return a number with the separators of the active language."""
    return number_format(value, use_l10n=True, force_grouping=True)


def instant_words(at: datetime, zone: tzinfo) -> str:
    """Return ``3 March 2025, 14:03 CET``."""
    local = at.astimezone(zone)
    return f"{_at_time(date_words(local.date()), local)} {zone_words(local)}"


def moment_words(at: datetime, zone: tzinfo, today: date) -> str:
    """Return ``14:03 CET`` of an instant of today, any other in full."""
    local = at.astimezone(zone)
    if local.date() != today:
        return instant_words(at, zone)
    return f"{dateformat.format(local, 'H:i')} {zone_words(local)}"


def range_words(start: datetime, end: datetime, zone: tzinfo) -> str:
    """Return a stretch of time with its zone, and with its second date where that differs."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    opening = _at_time(day_of_the_week(first.date()), first)
    closing = dateformat.format(last, "H:i")
    if first.date() != last.date():
        closing = _at_time(day_of_the_week(last.date()), last)
    if zone_words(first) != zone_words(last):
        opening = f"{opening} {zone_words(first)}"
    return f"{opening} – {closing} {zone_words(last)}"  # noqa: RUF001


def duration_words(seconds: float) -> str:
    """Return a duration in its two largest units: ``2 h 14 min``; under a minute, seconds."""
    whole = int(seconds)
    if whole < 60:  # noqa: PLR2004 -- a minute
        return gettext("%(n)d s") % {"n": whole}
    minutes = whole // 60
    units = (
        (minutes // 1440, gettext_noop("%(n)d d")),
        (minutes // 60 % 24, gettext_noop("%(n)d h")),
        (minutes % 60, gettext_noop("%(n)d min")),
    )
    first = next(index for index, (count, _) in enumerate(units) if count)
    return " ".join(gettext(form) % {"n": count} for count, form in units[first:][:2] if count)


def range_name(name: str) -> str:
    """Return what a reader chooses: ``24 h``, ``90 days``."""
    count = int(name[:-1])
    if name.endswith("h"):
        return gettext("%(n)d h") % {"n": count}
    return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}


def stretch_name(name: str) -> str:
    """Return what a reader chooses of a custom metric: a day, a week or a month."""
    names = {"24h": gettext_noop("Day"), "7d": gettext_noop("Week"), "30d": gettext_noop("Month")}
    return gettext(names[name])


@dataclass(frozen=True, slots=True)
class Lead:
    """The sentence under the headline, and the components that it names."""

    text: str
    names: Sequence[str]


def lead_of(summary: Summary) -> Lead:
    """Tell in one sentence what the headline means for this page."""
    components = summary.components
    affected = [one for one in components if sign_of(one.status) not in ("ok", "none")]
    count = len(summary.monitors) + len(summary.custom_metrics)
    if not components and count:
        text = ngettext(
            "This page shows %(count)d metric.", "This page shows %(count)d metrics.", count
        )
        return Lead(text % {"count": count}, ())
    if not components:
        return Lead(gettext("There are no components on this page yet."), ())
    if affected:
        return _affected(affected, len(components), is_down=summary.color == Color.RED)
    unknown = sum(sign_of(one.status) == "none" for one in components)
    if unknown:
        return Lead(_unknown(unknown, len(components)), ())
    if summary.ongoing or summary.color != Color.GREEN:
        return Lead(gettext("No component is affected; what is going on stands below."), ())
    return Lead(
        ngettext(
            "The one component is working normally.",
            "All %(count)d components are working normally.",
            len(components),
        )
        % {"count": len(components)},
        (),
    )


def metrics_lead(summary: Summary) -> Lead | None:
    """Tell which metrics are down, if any is; the headline speaks of components alone."""
    down = [one.name for one in summary.monitors if one.state is Present.DOWN]
    if not down:
        return None
    names = down if len(down) <= _NAMED_COMPONENTS else []
    told = ngettext("%(count)d metric is down", "%(count)d metrics are down", len(down)) % {
        "count": len(down)
    }
    return Lead(told if names else told + pgettext("punctuation", "."), names)


def _affected(affected: Sequence[ComponentSummary], total: int, *, is_down: bool) -> Lead:
    names = [one.name for one in affected] if len(affected) <= _NAMED_COMPONENTS else []
    if is_down and len(affected) == total:
        text = ngettext(
            "The one component does not work", "None of the %(total)d components works", total
        )
    else:
        text = ngettext(
            "%(count)d of %(total)d components is affected",
            "%(count)d of %(total)d components are affected",
            len(affected),
        )
    told = text % {"count": len(affected), "total": total}
    return Lead(told if names else told + pgettext("punctuation", "."), names)


def _unknown(unknown: int, total: int) -> str:
    if unknown == total:
        return gettext("There is no data yet.")
    text = gettext(
        "Nothing is known of %(count)d of the %(total)d components; the rest is working normally."
    )
    return text % {"count": unknown, "total": total}


def quiet_words(length: timedelta) -> str:
    """Return how long something took."""
    return duration_words(length.total_seconds())
