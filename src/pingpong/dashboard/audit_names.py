"""Names for events of a time when events did not tell them."""

from collections.abc import Iterable

from django.db.models import Model

from pingpong.accounts.models import Person
from pingpong.components.models import Component, ComponentGroup
from pingpong.custom_metrics.models import CustomMetric
from pingpong.events.models import Event
from pingpong.incidents.models import Incident
from pingpong.maintenance.models import Maintenance
from pingpong.monitors.models import Monitor
from pingpong.pages.models import Page

_NAMED_BY: dict[str, tuple[type[Model], str]] = {
    "component": (Component, "name"),
    "group": (ComponentGroup, "name"),
    "incident": (Incident, "title"),
    "maintenance": (Maintenance, "title"),
    "monitor": (Monitor, "name"),
    "custom_metric": (CustomMetric, "name"),
    "page": (Page, "name"),
    "member": (Person, "name"),
}


def add_names(events: Iterable[Event]) -> None:
    """Give nameless events the name that their subject has now, if it is still there.

    A query for each sort of subject among the nameless, eight at most; none for newer events.
    """
    nameless: dict[str, list[Event]] = {}
    for event in events:
        family = event.kind.partition(".")[0]
        if family in _NAMED_BY and not {"name", "title"} & set(event.data):
            nameless.setdefault(family, []).append(event)
    for family, some in nameless.items():
        model, field = _NAMED_BY[family]
        wanted = {event.subject_id for event in some}
        rows = model._default_manager.filter(pk__in=wanted)  # noqa: SLF001 -- Django documents it
        names = dict(rows.values_list("pk", field))
        for event in some:
            if event.subject_id in names:
                event.data = {**event.data, "name": names[event.subject_id]}
