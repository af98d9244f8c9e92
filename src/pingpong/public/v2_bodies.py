"""`/api/v2/`: the page in the JSON that status pages share, so that its clients can read it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pingpong.components.days import zone_named
from pingpong.overview.component_facts import component_facts
from pingpong.overview.recent import Recent
from pingpong.overview.summary import Summary

from . import summary_json
from .body import Body
from .copies import JSON
from .v2_components import components
from .v2_events import EventMaker, V2Event
from .v2_words import page_words, stamp

FOLDER = "api/v2/"
MOST_WINDOWS = 50


@dataclass(frozen=True, slots=True)
class V2Events:
    """What happened and what is planned: written once, told with each change of a component."""

    incidents: Sequence[V2Event]
    coming: Sequence[V2Event]
    past: Sequence[V2Event]


def v2_events(summary: Summary, recent: Recent, *, url: str) -> V2Events:
    """Write the events of a page."""
    maker = EventMaker(summary.page_id, url, zone_named(summary.time_zone))
    coming = [maker.maintenance(one) for one in recent.coming[:MOST_WINDOWS]]
    past = recent.past[: MOST_WINDOWS - len(coming)]
    return V2Events(
        incidents=[maker.incident(one) for one in recent.incidents],
        coming=coming,
        past=[maker.maintenance(one) for one in past],
    )


def v2_bodies(
    summary: Summary, events: V2Events, path: str, *, url: str, changed_at: datetime, robots: str
) -> Iterator[Body]:
    """Yield the eight documents below `path`. Two queries."""
    page = summary_json.write(_page(summary, url, changed_at))
    for name, parts in _documents(summary, events).items():
        members = {"page": page, **parts}
        text = ",".join(f'"{key}":{value}' for key, value in members.items())
        yield Body(
            path=f"{path}{FOLDER}{name}",
            content_type=JSON,
            policy="",
            slot=summary_json.AGE_SLOT,
            notice=summary_json.AGE_NOTICE,
            text=f"{{{text},{summary_json.AGE_SLOT}}}".encode(),
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


def _documents(summary: Summary, events: V2Events) -> dict[str, dict[str, str]]:
    """Return the members of each, as JSON: what stands in several is written once."""
    zone = zone_named(summary.time_zone)
    texts = components(summary, component_facts(summary.page_id), zone)
    indicator, description = page_words(summary)
    status = summary_json.write({"indicator": indicator, "description": description})
    every = _list(texts.values())
    incidents = [one.told(texts) for one in events.incidents]
    ended = ("resolved", "postmortem")
    unresolved = [one.told(texts) for one in events.incidents if one.status not in ended]
    planned = [one.told(texts) for one in events.coming]
    past = [one.told(texts) for one in events.past]
    upcoming = [one.told(texts) for one in events.coming if one.status == "scheduled"]
    active = [one.told(texts) for one in events.coming if one.status == "in_progress"]
    return {
        "summary.json": {
            "components": every,
            "incidents": _list(unresolved),
            "scheduled_maintenances": _list(planned),
            "status": status,
        },
        "status.json": {"status": status},
        "components.json": {"components": every},
        "incidents.json": {"incidents": _list(incidents)},
        "incidents/unresolved.json": {"incidents": _list(unresolved)},
        "scheduled-maintenances.json": {"scheduled_maintenances": _list([*planned[::-1], *past])},
        "scheduled-maintenances/upcoming.json": {"scheduled_maintenances": _list(upcoming)},
        "scheduled-maintenances/active.json": {"scheduled_maintenances": _list(active)},
    }


def _list(texts: Iterable[str]) -> str:
    return f"[{','.join(texts)}]"
