"""How the page says times, durations and states."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from django.utils import dateformat
from django.utils.translation import gettext, gettext_noop, ngettext

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


def instant_words(at: datetime, zone: tzinfo) -> str:
    """Return ``3 March 2025, 14:03 CET``."""
    local = at.astimezone(zone)
    return f"{dateformat.format(local, 'j F Y, H:i')} {zone_words(local)}"


def moment_words(at: datetime, zone: tzinfo, today: date) -> str:
    """Return ``14:03 CET`` of an instant of today, any other in full."""
    local = at.astimezone(zone)
    if local.date() != today:
        return instant_words(at, zone)
    return f"{dateformat.format(local, 'H:i')} {zone_words(local)}"


def range_words(start: datetime, end: datetime, zone: tzinfo) -> str:
    """Return a stretch of time with its zone, and with its second date where that differs."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    form = "H:i" if first.date() == last.date() else "D j F Y, H:i"
    opening = dateformat.format(first, "D j F Y, H:i")
    if zone_words(first) != zone_words(last):
        opening = f"{opening} {zone_words(first)}"
    return f"{opening} – {dateformat.format(last, form)} {zone_words(last)}"  # noqa: RUF001


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
    form = gettext_noop("%(n)d h") if name.endswith("h") else gettext_noop("%(n)d days")
    return gettext(form) % {"n": count}


@dataclass(frozen=True, slots=True)
class Lead:
    """The sentence under the headline, and the components that it names."""

    text: str
    names: Sequence[str]


def lead_of(summary: Summary) -> Lead:
    """Tell in one sentence what the headline means for this page."""
    components = summary.components
    affected = [one for one in components if sign_of(one.status) not in ("ok", "none")]
    if not components and summary.monitors:
        count = len(summary.monitors)
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
    return Lead(told if names else f"{told}.", names)


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
    return Lead(told if names else f"{told}.", names)


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
