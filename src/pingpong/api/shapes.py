"""The published shapes, field for field in the published order (contract section 3).

Plain functions: an answer is a dict made in one pass. `answers.py` documents the same shapes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pingpong.components.effects import active_by_component, effective
from pingpong.components.models import Component, ComponentGroup
from pingpong.components.status import Influence, color_of
from pingpong.custom_metrics.models import CustomMetric
from pingpong.incidents.models import Incident, IncidentStatus, IncidentUpdate
from pingpong.kit.clock import iso_z
from pingpong.maintenance.models import Maintenance
from pingpong.monitors.models import Monitor
from pingpong.pages.models import Page

from .metric_shapes import monitor_json

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """What every shape needs: the project's name, the events in force, the time, the reader.

    Who may only read is not shown the addresses at which heartbeats call: a call is a write.
    """

    project: str
    active: Mapping[str, Influence]
    now: datetime
    shows_keys: bool


def scene_of(page: Page, *, shows_keys: bool, now: datetime) -> Scene:
    """Look up the events in force. One query."""
    return Scene(page.name, active_by_component(page.pk, now), now, shows_keys)


def group_json(group: ComponentGroup, project: str) -> Json:
    return {
        "id": group.pk,
        "project": project,
        "name": group.name,
        "created_at": iso_z(group.created_at),
        "description": group.description,
    }


def component_json(component: Component, scene: Scene) -> Json:
    status = effective(component, scene.active)
    group = component.group
    return {
        "id": component.pk,
        "project": scene.project,
        "name": component.name,
        "group": None if group is None else group_json(group, scene.project),
        "created_at": iso_z(component.created_at),
        "status": status,
        "status_color": color_of(status),
        "description": component.description,
        "showcased": component.showcased,
        "own_status": component.own_status,
    }


def component_status_json(component: Component, scene: Scene) -> Json:
    status = effective(component, scene.active)
    return {"id": component.pk, "status": status, "status_color": color_of(status)}


def incident_json(incident: Incident, scene: Scene) -> Json:
    updates = incident.updates.all()
    return {
        "id": incident.pk,
        "project": scene.project,
        "title": incident.title,
        "created_at": iso_z(incident.created_at),
        # Contract A6, A7: what the team calls it before any update is not told here.
        "status": incident.status if updates else IncidentStatus.IN_PROGRESS.value,
        "affected_components": [
            {**component_json(one.component, scene), "affected_status": one.status}
            for one in incident.affected.all()
        ],
        "reported_by": incident.reported_by,
        "occurred_at": iso_z(incident.occurred_at),
        "message": incident.message,
        "updates": [update_json(update) for update in updates],
        "draft": incident.is_draft,
        "next_update_by": _maybe(incident.next_update_by),
    }


def update_json(update: IncidentUpdate) -> Json:
    return {
        "id": update.pk,
        "created_at": iso_z(update.created_at),
        "reported_by": update.reported_by,
        "status": update.status,
        "message": update.message,
        "next_update_by": _maybe(update.next_update_by),
    }


def _maybe(at: datetime | None) -> str | None:
    return None if at is None else iso_z(at)


def maintenance_json(maintenance: Maintenance, scene: Scene) -> Json:
    return {
        "id": maintenance.pk,
        "project": scene.project,
        "name": maintenance.title,
        "title": maintenance.title,
        "created_at": iso_z(maintenance.created_at),
        "status": maintenance.status_at(scene.now),
        "affected_components": [
            {**component_json(one.component, scene), "affected_status": "Maintenance mode"}
            for one in maintenance.affected.all()
        ],
        "reported_by": maintenance.reported_by,
        "scheduled_for": iso_z(maintenance.scheduled_for),
        "ends_at": iso_z(maintenance.ends_at),
        "message": maintenance.message,
    }


def metric_json(monitor: Monitor, scene: Scene) -> Json:
    return {
        **_metric_head(monitor, scene),
        "url": monitor.url,
        "frequency": monitor.frequency,
        "location": monitor.location,
        "showcased": monitor.showcased,
        **monitor_json(monitor, shows_key=scene.shows_keys),
    }


def custom_metric_json(metric: CustomMetric, scene: Scene) -> Json:
    return {
        **_metric_head(metric, scene),
        "suffix": metric.suffix,
        "rollup": metric.rollup,
        "showcased": metric.showcased,
    }


def _metric_head(metric: Monitor | CustomMetric, scene: Scene) -> Json:
    component = metric.component
    return {
        "id": metric.pk,
        "project": scene.project,
        "name": metric.name,
        "description": metric.description,
        "created_at": iso_z(metric.created_at),
        "component": None if component is None else component_json(component, scene),
    }
