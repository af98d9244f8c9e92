"""What of a page can be translated: each thing with its texts, as the screens show it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pingpong.components.models import Component, ComponentGroup
from pingpong.incidents import queries as incident_queries
from pingpong.incidents.models import Incident, Postmortem
from pingpong.kit.html import as_text
from pingpong.maintenance.models import Maintenance
from pingpong.monitors.models import Monitor, Showcase
from pingpong.pages.look import look_of
from pingpong.pages.models import Page, Subject

# Of what has happened only the latest: older ones are hardly read.
NEWEST = 30


@dataclass(frozen=True, slots=True)
class Part:
    """One text that may be translated."""

    kind: Subject
    subject_id: str
    field: str
    label: str
    original: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What has a screen of its own: a component, or an incident with all its updates."""

    kind: Subject
    id: str
    title: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Section:
    label: str
    things: Sequence[Thing]


def sections_of(page: Page) -> list[Section]:
    """Read all that can be translated. The number of queries does not depend on how much it is."""
    sections = [
        Section(_("Page"), [_page(page)]),
        Section(_("Component groups"), _described(Subject.GROUP, _groups(page))),
        Section(_("Components"), _described(Subject.COMPONENT, _components(page))),
        Section(_("Monitors"), _described(Subject.MONITOR, _monitors(page))),
        Section(_("Incidents"), [_incident(one) for one in _incidents(page)]),
        Section(pgettext("menu", "Maintenance"), [_maintenance(one) for one in _works(page)]),
    ]
    return [section for section in sections if section.things]


def thing_of(page: Page, kind: str, thing_id: str) -> Thing | None:
    """Return one thing of the page, if there is such a one."""
    every = (thing for section in sections_of(page) for thing in section.things)
    return next((one for one in every if (one.kind, one.id) == (kind, thing_id)), None)


def _page(page: Page) -> Thing:
    look = look_of(page)
    labels = dict.fromkeys(link.label for link in (*look.header_links, *look.footer_links))
    links = [Part(Subject.LINK, label, "label", _("Link"), label) for label in labels]
    name = Part(Subject.PAGE, page.pk, "name", _("Name"), page.name)
    return Thing(Subject.PAGE, page.pk, page.name, [name, *links])


def _groups(page: Page) -> Iterable[ComponentGroup]:
    return ComponentGroup.objects.filter(page=page)


def _components(page: Page) -> Iterable[Component]:
    return Component.objects.filter(page=page, showcased=True)


def _monitors(page: Page) -> Iterable[Monitor]:
    return Monitor.objects.filter(page=page).exclude(showcased=Showcase.NOTHING)


def _incidents(page: Page) -> Iterable[Incident]:
    newest = incident_queries.full(page.pk).select_related("postmortem")
    return newest.prefetch_related(None).prefetch_related("updates")[:NEWEST]


def _works(page: Page) -> Iterable[Maintenance]:
    return Maintenance.objects.filter(page=page)[:NEWEST]


def _described(
    kind: Subject, rows: Iterable[ComponentGroup] | Iterable[Component] | Iterable[Monitor]
) -> list[Thing]:
    return [Thing(kind, row.pk, row.name, list(_name_and_description(kind, row))) for row in rows]


def _name_and_description(
    kind: Subject, row: ComponentGroup | Component | Monitor
) -> Iterator[Part]:
    yield Part(kind, row.pk, "name", _("Name"), row.name)
    if row.description:
        yield Part(kind, row.pk, "description", _("Description"), row.description)


def _incident(row: Incident) -> Thing:
    kind = Subject.INCIDENT
    parts = [
        Part(kind, row.pk, "title", _("Title"), row.title),
        Part(kind, row.pk, "message", _("Message"), as_text(row.message)),
    ]
    for update in row.updates.all():
        told = as_text(update.message)
        parts.append(Part(Subject.UPDATE, update.pk, "message", _("Update"), told))
    text = _postmortem(row)
    if text:
        parts.append(Part(kind, row.pk, "postmortem", _("Postmortem"), as_text(text)))
    return Thing(kind, row.pk, row.title, parts)


def _postmortem(row: Incident) -> str:
    try:
        return row.postmortem.text if row.postmortem.published_at else ""
    except Postmortem.DoesNotExist:
        return ""


def _maintenance(row: Maintenance) -> Thing:
    kind = Subject.MAINTENANCE
    parts = [Part(kind, row.pk, "title", _("Title"), row.title)]
    if row.message:
        parts.append(Part(kind, row.pk, "message", _("Message"), as_text(row.message)))
    return Thing(kind, row.pk, row.title, parts)
