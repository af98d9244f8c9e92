"""Where one can go inside a project: the side bar, the palette and the shortcuts say the same."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingpong.pages.models import Page


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the side bar. `begins` is the heading above it; `key` follows a `g`."""

    name: str
    label: object
    icon: str
    key: str
    begins: object = ""


PLACES = (
    Place("overview", _("Overview"), "overview", "o"),
    Place("incidents", _("Incidents"), "incident", "i"),
    Place("maintenance", pgettext_lazy("menu", "Maintenance"), "maintenance", "m"),
    Place("components", _("Components"), "component", "c"),
    Place("monitors", _("Monitors"), "monitor", "u"),
    Place("custom_metrics", _("Custom metrics"), "chart", "x"),
    Place("page_settings", _("Page settings"), "settings", "s", begins=_("Project")),
    Place("team", _("Team"), "team", "t"),
    Place("api_access", _("API integration"), "key", "a"),
    Place("audit", _("Audit log"), "audit", "l"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A place of one project, as an address."""

    label: object
    url: str
    icon: str
    key: str
    begins: object
    is_current: bool


def links_of(request: HttpRequest, page: Page) -> list[Link]:
    """Return the places of a project in order; the current one contains the request's path."""
    found = []
    for place in PLACES:
        try:
            url = reverse(f"dashboard:{place.name}", kwargs={"slug": page.slug})
        except NoReverseMatch:
            continue
        path = request.path_info
        is_current = path == url if place.name == "overview" else path.startswith(url)
        found.append(Link(place.label, url, place.icon, place.key, place.begins, is_current))
    return found


def url_of(name: str, slug: str, **kwargs: str) -> str:
    """Return the address of a screen of a project; empty where there is no such screen."""
    try:
        return reverse(f"dashboard:{name}", kwargs={"slug": slug, **kwargs})
    except NoReverseMatch:
        return ""
