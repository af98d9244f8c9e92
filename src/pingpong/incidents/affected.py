"""Which components an incident touches, now and before (docs/adr/0009)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pingpong.components.models import Component

from .models import AffectedComponent, FormerlyAffected, Incident, IncidentTemplate
from .spans import Said

Affected = Sequence[tuple[Component, str]]


def affect(incident: Incident, affected: Affected, *, now: datetime) -> None:
    """Replace the list of affected components.

    While the incident is going on, what is new counts from now and what is gone counted until
    now. Afterwards it is a correction, and counts from beginning to end; so it does in a draft,
    which has said nothing yet.
    """
    before = {row.component_id: row for row in incident.affected.all()}
    is_correction = incident.resolved_at is not None or incident.is_draft
    # What is said when the incident is reported holds from its beginning.
    since = now if now > incident.created_at and not is_correction else None
    kept = {
        component.pk: before[component.pk].since
        for component, status in affected
        if component.pk in before and before[component.pk].status == status
    }
    if is_correction:
        incident.formerly_affected.all().delete()
    else:
        _remember([row for pk, row in before.items() if pk not in kept], until=now)
    incident.affected.all().delete()
    AffectedComponent.objects.bulk_create(
        AffectedComponent(
            incident=incident,
            component=component,
            status=status,
            since=None if is_correction else kept.get(component.pk, since),
            position=position,
        )
        for position, (component, status) in enumerate(affected)
    )


def all_said(incident: Incident) -> list[Said]:
    """Return all that the incident says and has said of components. Two queries."""
    now_said = incident.affected.values_list("component_id", "status", "since")
    formerly = incident.formerly_affected.values_list("component_id", "status", "since", "until")
    return [*(Said(*row) for row in now_said), *(Said(*row) for row in formerly)]


def told_components(
    changed: Incident | IncidentTemplate, affected: Affected | None
) -> dict[str, Any]:
    """Return who is affected and how, for the event of a change that touches it. One query."""
    if affected is None:
        return {}
    rows = changed.affected.order_by("position").values_list("component__name", "status")
    return {"affected_components": [f"{name}: {status}" for name, status in rows]}


def _remember(rows: Sequence[AffectedComponent], *, until: datetime) -> None:
    FormerlyAffected.objects.bulk_create(
        FormerlyAffected(
            incident_id=row.incident_id,
            component_id=row.component_id,
            status=row.status,
            since=row.since,
            until=until,
        )
        for row in rows
    )
