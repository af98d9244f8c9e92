"""`summary.json`: what the page shows, for programs."""

import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from pingpong.kit.clock import iso_z
from pingpong.overview.chronicle import AffectedSummary, IncidentSummary, MaintenanceSummary
from pingpong.overview.summary import ComponentSummary, Summary

AGE_SLOT = '"stale":false'
AGE_NOTICE = '"stale":true,"checked_at":"{instant}"'
# A string of JSON may end up inside HTML; escaped, it closes nothing there.
_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def render_json(summary: Summary, *, url: str, changed_at: datetime) -> str:
    """Return the document. It has one `AGE_SLOT`: in a text, its quotes would be escaped."""
    document = state_of(summary, url=url)
    for component, told in zip(summary.components, document["components"], strict=True):
        told["uptime_90d"] = _number(component.uptime)
    for monitor, told in zip(summary.monitors, document["metrics"], strict=True):
        told["uptime_90d"] = _number(monitor.uptime)
        told["response_time_ms"] = monitor.response_time_ms
        told["checked_at"] = iso_z(monitor.checked_at) if monitor.checked_at else None
    for metric, told in zip(summary.custom_metrics, document["custom_metrics"], strict=True):
        told["value"] = metric.value
        told["fed_at"] = iso_z(metric.fed_at) if metric.fed_at else None
    currency = summary.currency
    document |= {
        "overdue_checks": currency.overdue,
        "last_check_at": iso_z(currency.checked_at) if currency.checked_at else None,
        "updated_at": iso_z(changed_at),
        "rendered_at": iso_z(summary.as_of) if summary.as_of else None,
    }
    return write({**document, "is_current": currency.is_current, "stale": False})


def slot_of(summary: Summary) -> tuple[str, str]:
    """Return what a stale copy replaces, and by what: it is current no longer either."""
    if not summary.currency.is_current:
        return AGE_SLOT, AGE_NOTICE
    return f'"is_current":true,{AGE_SLOT}', f'"is_current":false,{AGE_NOTICE}'


def stamp_of(summary: Summary) -> str:
    """Return the part of the document that tells when it was made; in a text it is escaped."""
    return f'"rendered_at":"{iso_z(summary.as_of)}"' if summary.as_of else ""


def state_of(summary: Summary, *, url: str) -> dict[str, Any]:
    """Return what the page tells of the present, without figures that move by themselves."""
    return {
        "page": {
            "name": summary.name,
            "slug": summary.slug,
            "url": url,
            "time_zone": summary.time_zone,
        },
        "status": summary.status,
        "status_color": summary.color,
        "components": list(_components(summary)),
        "groups": [
            {"id": one.id, "name": one.name, "description": one.description}
            for one in summary.groups
        ],
        "metrics": [
            {
                "id": one.id,
                "name": one.name,
                "component": one.component_id,
                "state": one.state.value,
            }
            for one in summary.monitors
        ],
        "custom_metrics": [
            {
                "id": one.id,
                "name": one.name,
                "component": one.component_id,
                "suffix": one.suffix,
                "rollup": one.rollup,
            }
            for one in summary.custom_metrics
        ],
        "incidents": [_incident(one) for one in summary.ongoing],
        "maintenance": {
            "in_progress": [_maintenance(one) for one in summary.in_progress],
            "upcoming": [_maintenance(one) for one in summary.upcoming],
        },
    }


def write(document: Any) -> str:
    """Write JSON that is harmless wherever it is put."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def _components(summary: Summary) -> Iterable[dict[str, Any]]:
    for component in summary.ungrouped:
        yield _component(component, None)
    for group in summary.groups:
        for component in group.components:
            yield _component(component, group.id)


def _component(component: ComponentSummary, group_id: str | None) -> dict[str, Any]:
    return {
        "id": component.id,
        "name": component.name,
        "group": group_id,
        "description": component.description,
        "status": component.status,
        "status_color": component.color,
        "probes_see_problem": component.is_doubted,
    }


def _incident(incident: IncidentSummary) -> dict[str, Any]:
    return {
        "id": incident.id,
        "title": incident.title,
        "status": incident.status,
        "message": incident.message,
        "occurred_at": iso_z(incident.occurred_at),
        "next_update_by": iso_z(incident.next_update_by) if incident.next_update_by else None,
        "affected_components": _affected(incident.affected),
        "updates": [
            {
                "id": update.id,
                "status": update.status,
                "message": update.message,
                "created_at": iso_z(update.created_at),
            }
            for update in incident.updates
        ],
    }


def _maintenance(maintenance: MaintenanceSummary) -> dict[str, Any]:
    return {
        "id": maintenance.id,
        "title": maintenance.title,
        "status": maintenance.status,
        "message": maintenance.message,
        "scheduled_for": iso_z(maintenance.scheduled_for),
        "ends_at": iso_z(maintenance.ends_at),
        "affected_components": _affected(maintenance.affected),
    }


def _affected(affected: Iterable[AffectedSummary]) -> list[dict[str, Any]]:
    return [
        {"id": one.id, "name": one.name, "status": one.status, "status_color": one.color}
        for one in affected
    ]


def _number(uptime: Decimal | None) -> float | None:
    return None if uptime is None else float(uptime)
