"""The product's answers as plain dicts: nothing in DRF is faster."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pingpong.components.models import Component, ComponentGroup
from pingpong.components.status import color_of
from pingpong.incidents.models import Incident

Json = dict[str, Any]


def component_json(row: Component, project: str, active: Mapping[str, str]) -> Json:
    status = active.get(row.pk, row.own_status)
    return {
        "id": row.pk,
        "project": project,
        "name": row.name,
        "group": None if row.group is None else _group_json(row.group, project),
        "created_at": _instant(row.created_at),
        "status": status,
        "status_color": color_of(status),
        "description": row.description,
        "showcased": row.showcased,
        "own_status": row.own_status,
    }


def incident_json(row: Incident, project: str, active: Mapping[str, str]) -> Json:
    return {
        "id": row.pk,
        "project": project,
        "title": row.title,
        "created_at": _instant(row.created_at),
        "status": row.status,
        "affected_components": [
            {**component_json(one.component, project, active), "affected_status": one.status}
            for one in row.affected.all()
        ],
        "reported_by": row.reported_by,
        "occurred_at": _instant(row.occurred_at),
        "message": row.message,
        "updates": [{"id": one.pk, "status": one.status} for one in row.updates.all()],
    }


def _group_json(row: ComponentGroup, project: str) -> Json:
    return {
        "id": row.pk,
        "project": project,
        "name": row.name,
        "created_at": _instant(row.created_at),
        "description": row.description,
    }


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
