"""`/api/v2/`: the page in the JSON that status pages share, so that its clients can read it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pingpong.components.days import zone_named
from pingpong.overview.recent import Recent
from pingpong.overview.summary import Summary

from . import summary_json
from .body import Body
from .copies import JSON
from .v2_components import components
from .v2_events import Told
from .v2_words import page_words, stamp

FOLDER = "api/v2/"
MOST_WINDOWS = 50


def v2_bodies(
    summary: Summary, recent: Recent, path: str, *, url: str, changed_at: datetime, robots: str
) -> Iterator[Body]:
    """Yield the eight documents below `path`."""
    page = _page(summary, url, changed_at)
    for name, parts in _documents(summary, recent, url).items():
        document = {"page": page, **parts, "stale": False}
        yield Body(
            path=f"{path}{FOLDER}{name}",
            content_type=JSON,
            policy="",
            slot=summary_json.AGE_SLOT,
            notice=summary_json.AGE_NOTICE,
            text=summary_json.write(document).encode(),
            robots=robots,
        )


def _page(summary: Summary, url: str, changed_at: datetime) -> dict[str, Any]:
    return {
        "id": summary.page_id,
        "name": summary.name,
        "url": url,
        "time_zone": "Etc/UTC" if summary.time_zone == "UTC" else summary.time_zone,
        "updated_at": stamp(changed_at, zone_named(summary.time_zone)),
    }


def _documents(summary: Summary, recent: Recent, url: str) -> dict[str, dict[str, Any]]:
    zone = zone_named(summary.time_zone)
    parts = components(summary, recent.components, zone)
    told = Told(summary.page_id, url, zone, {one["id"]: one for one in parts})
    indicator, description = page_words(summary)
    status = {"indicator": indicator, "description": description}
    incidents = [told.incident(one) for one in recent.incidents]
    unresolved = [one for one in incidents if one["resolved_at"] is None]
    planned = [told.maintenance(one) for one in recent.coming[:MOST_WINDOWS]]
    past = [told.maintenance(one) for one in recent.past[: MOST_WINDOWS - len(planned)]]
    upcoming = [one for one in planned if one["status"] == "scheduled"]
    active = [one for one in planned if one["status"] == "in_progress"]
    return {
        "summary.json": {
            "components": parts,
            "incidents": unresolved,
            "scheduled_maintenances": planned,
            "status": status,
        },
        "status.json": {"status": status},
        "components.json": {"components": parts},
        "incidents.json": {"incidents": incidents},
        "incidents/unresolved.json": {"incidents": unresolved},
        "scheduled-maintenances.json": {"scheduled_maintenances": [*planned[::-1], *past]},
        "scheduled-maintenances/upcoming.json": {"scheduled_maintenances": upcoming},
        "scheduled-maintenances/active.json": {"scheduled_maintenances": active},
    }
