"""What the command palette offers: places, things to do, projects, and what is found by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingpong.components.models import Component
from pingpong.incidents.models import Incident
from pingpong.monitors.models import Monitor
from pingpong.pages.models import Page
from pingpong.teams.models import Membership
from pingpong.teams.roles import Role, reaches

from .places import PLACES, url_of

MOST = 6
MOST_PROJECTS = 200
# The name of the screen, what it does in words, and the least role.
ACTIONS = (
    ("new_incident", gettext_lazy("Report an incident"), Role.RESPONDER),
    ("new_maintenance", gettext_lazy("Schedule maintenance"), Role.RESPONDER),
    ("new_component", gettext_lazy("Add a component"), Role.ADMIN),
    ("new_group", gettext_lazy("Add a group of components"), Role.ADMIN),
    ("new_monitor", gettext_lazy("Add a monitor"), Role.ADMIN),
    ("new_custom_metric", gettext_lazy("Add a custom metric"), Role.ADMIN),
)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to go to."""

    label: str
    url: str


Groups = list[tuple[str, list[Found]]]


def find_projects(person_id: str, search: str) -> Groups:
    """Return the projects of a person whose name or address has the text. One query."""
    rows = Membership.objects.filter(person_id=person_id).order_by("page__name", "pk")
    pages = rows.values_list("page__name", "page__slug")[:MOST_PROJECTS]
    found = [
        Found(name, reverse("dashboard:overview", kwargs={"slug": slug})) for name, slug in pages
    ]
    return [(_("Projects"), _having(found, search)[:MOST])]


def find_in_project(page: Page, role: str, search: str) -> Groups:
    """Return what there is of one project; things of the team only with a text. Three queries."""
    groups = [
        (_("Do"), _having(_actions(page, role), search)),
        (_("Go to"), _having(_places(page), search)),
    ]
    return [*groups, *_things(page, search)] if search else groups


def _places(page: Page) -> list[Found]:
    found = [Found(str(place.label), url_of(place.name, page.slug)) for place in PLACES]
    return [one for one in found if one.url]


def _actions(page: Page, role: str) -> list[Found]:
    found = [
        Found(str(label), url_of(name, page.slug))
        for name, label, least in ACTIONS
        if reaches(role, least)
    ]
    return [one for one in found if one.url]


def _things(page: Page, search: str) -> Groups:
    incidents = Incident.objects.filter(page=page, title__icontains=search)
    components = Component.objects.filter(page=page, name__icontains=search)
    monitors = Monitor.objects.filter(page=page, name__icontains=search)
    every = url_of("components", page.slug)
    return [
        (
            _("Incidents"),
            [
                Found(title, url_of("incident", page.slug, incident=pk))
                for pk, title in incidents.values_list("pk", "title")[:MOST]
            ],
        ),
        (
            _("Components"),
            [
                Found(name, f"{every}#c-{pk}")
                for pk, name in components.values_list("pk", "name")[:MOST]
            ],
        ),
        (
            _("Monitors"),
            [
                Found(name, url_of("monitor", page.slug, monitor=pk))
                for pk, name in monitors.values_list("pk", "name")[:MOST]
                if url_of("monitor", page.slug, monitor=pk)
            ],
        ),
    ]


def _having(found: Iterable[Found], search: str) -> list[Found]:
    wanted = search.casefold()
    return [one for one in found if wanted in one.label.casefold()]
