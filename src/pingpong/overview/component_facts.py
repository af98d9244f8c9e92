"""When components came to be, and since when they are what they are."""

from dataclasses import dataclass
from datetime import datetime

from pingpong.components.models import Component, Interval


@dataclass(frozen=True, slots=True)
class ComponentFacts:
    """`since`: when its status became what it is."""

    created_at: datetime
    since: datetime


def component_facts(page_id: str) -> dict[str, ComponentFacts]:
    """Return those of the showcased components, by id. Two queries."""
    rows = Component.objects.filter(page_id=page_id, showcased=True).order_by()
    known = Interval.objects.filter(
        component__page_id=page_id, ended_at__isnull=True, superseded_by__isnull=True
    )
    since = dict(known.values_list("component_id", "started_at"))
    return {
        pk: ComponentFacts(created_at, since.get(pk, created_at))
        for pk, created_at in rows.values_list("pk", "created_at")
    }
