"""The badges of a page: which there are, which one somebody chose, and lines to paste.

The dashboard does not know how they are drawn: it knows their addresses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pingpong.components.models import Component
from pingpong.monitors.models import Monitor, MonitorKind, Showcase
from pingpong.overview.monitors import SHOWS_RESPONSE_TIME, SHOWS_UPTIME
from pingpong.pages.address import page_path, page_url
from pingpong.pages.models import Page

from .pasted import html_of, markdown_of

STATUS, RESPONSE_TIME = "status", "response-time"
FIGURES = {
    STATUS: gettext_noop("Status"),
    "uptime-24h": gettext_noop("Uptime of 24 hours"),
    "uptime-7d": gettext_noop("Uptime of 7 days"),
    "uptime-30d": gettext_noop("Uptime of 30 days"),
    "uptime-90d": gettext_noop("Uptime of 90 days"),
    RESPONSE_TIME: gettext_noop("Response time"),
}
_UPTIMES = tuple(name for name in FIGURES if name.startswith("uptime"))
FLAT, DOT = "flat", "dot"
STYLES = {
    FLAT: gettext_noop("Flat"),
    "flat-square": gettext_noop("Flat, square"),
    "for-the-badge": gettext_noop("Large"),
    DOT: gettext_noop("Dot"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a badge is about; without an id it is the page."""

    id: str
    name: str
    figures: Sequence[str]


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A form with three fields and the badge that was chosen; `preview` is an address of ours."""

    subjects: Sequence[Option]
    figures: Sequence[Option]
    styles: Sequence[Option]
    title: str
    preview: str
    markdown: str
    html: str
    json: str


def choose_badge(page: Page, asked: QueryDict) -> Choice:
    """Return the badge that was asked for, or the nearest that there is. Two queries."""
    subjects = _subjects(page)
    by_id = {one.id: one for one in subjects}
    subject = by_id.get(asked.get("of", ""), subjects[0])
    figure = asked.get("figure", "")
    figure = figure if figure in subject.figures else STATUS
    # A dot tells of a state; a figure needs its digits.
    styles = [style for style in STYLES if style != DOT or figure == STATUS]
    style = asked.get("style", "")
    style = style if style in styles else FLAT
    name = f"{subject.id}/{figure}" if subject.id else figure
    title = f"{subject.name if subject.id else page.name}: {_(FIGURES[figure])}"
    image = f"{settings.BASE_URL}{page_path(page.slug)}badge/{name}.{style}.svg"
    return Choice(
        subjects=[Option(one.id, one.name, one is subject) for one in subjects],
        figures=[Option(one, _(FIGURES[one]), one == figure) for one in subject.figures],
        styles=[Option(one, _(STYLES[one]), one == style) for one in styles],
        title=title,
        preview=f"{page_path(page.slug)}badge/{name}.{style}.svg",
        markdown=markdown_of(image, page_url(page), title),
        html=html_of(image, page_url(page), title),
        json=f"{settings.BASE_URL}{page_path(page.slug)}badge/{name}.json",
    )


def _subjects(page: Page) -> list[Subject]:
    components = Component.objects.filter(page=page, showcased=True).values_list("pk", "name")
    monitors = Monitor.objects.filter(page=page).exclude(showcased=Showcase.NOTHING)
    rows = monitors.values_list("pk", "name", "showcased", "kind")
    return [
        Subject("", _("The whole page"), (STATUS, *_UPTIMES)),
        *(Subject(pk, name, (STATUS, *_UPTIMES)) for pk, name in components),
        *(Subject(pk, name, _figures(showcased, kind)) for pk, name, showcased, kind in rows),
    ]


def _figures(showcased: str, kind: str) -> Sequence[str]:
    has_times = showcased in SHOWS_RESPONSE_TIME and kind != MonitorKind.HEARTBEAT
    uptimes = _UPTIMES if showcased in SHOWS_UPTIME else ()
    return (STATUS, *uptimes, *((RESPONSE_TIME,) if has_times else ()))
