"""Which event makes a component what it is, in words and as an address."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from pingpong.components.status import Influence, Source
from pingpong.incidents.models import Incident
from pingpong.maintenance.models import Maintenance
from pingpong.monitors.models import Monitor
from pingpong.pages.models import Page

from .places import url_of


@dataclass(frozen=True, slots=True)
class Reason:
    """`url` is empty where there is no screen to lead to."""

    text: str
    url: str


def reasons_of(page: Page, influences: Iterable[Influence]) -> dict[str, Reason]:
    """Return the reason by the id of each event. Three queries at most."""
    ids: dict[str, set[str]] = {}
    for one in influences:
        ids.setdefault(one.source, set()).add(one.event_id)
    found: dict[str, Reason] = {}
    incidents = Incident.objects.filter(page=page, pk__in=ids.get(Source.INCIDENT, ()))
    for pk, title in incidents.values_list("pk", "title"):
        url = reverse("dashboard:incident", kwargs={"slug": page.slug, "incident": pk})
        found[pk] = Reason(_("Incident “%(title)s”") % {"title": title}, url)
    windows = Maintenance.objects.filter(page=page, pk__in=ids.get(Source.MAINTENANCE, ()))
    for pk, title in windows.values_list("pk", "title"):
        found[pk] = Reason(
            _("Maintenance “%(title)s”") % {"title": title}, url_of("maintenance", page.slug)
        )
    monitors = Monitor.objects.filter(page=page, pk__in=ids.get(Source.MONITOR, ()))
    for pk, name in monitors.values_list("pk", "name"):
        found[pk] = Reason(_("Monitor “%(name)s”") % {"name": name}, url_of("monitors", page.slug))
    return found
