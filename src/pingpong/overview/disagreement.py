"""Where probes and team disagree: down and undeclared, or up and still an incident."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pingpong.components.status import Status
from pingpong.incidents.models import Incident
from pingpong.monitors.models import Monitor, MonitorState
from pingpong.monitors.watches import is_without_aim

# A down of a minute is no news; after this somebody should have said something.
DOUBTED_AFTER = timedelta(minutes=10)
# Who repairs something watches it for a while before the incident is called over.
OVERTAKEN_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A component that is called operational while its monitor is down, `since` when."""

    component_id: str
    component: str
    monitor_id: str
    monitor: str
    since: datetime

    @property
    def counts_from(self) -> datetime:
        return self.since + DOUBTED_AFTER


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An incident that goes on, and what speaks for a word of its team.

    `up_since` is since when every monitor of its components is up, None while one is not.
    `next_update_by` is what was promised.
    """

    incident_id: str
    title: str
    up_since: datetime | None
    next_update_by: datetime | None


def doubts_of(page_id: str, statuses: Mapping[str, str]) -> list[Doubt]:
    """Return the doubts, longest first, also those that do not count yet. One query.

    `statuses` are the effective ones, by component. One doubt for a component: the oldest.
    """
    rows = (
        Monitor.objects.filter(page_id=page_id, component__isnull=False, paused_at__isnull=True)
        .filter(verdict__state=MonitorState.DOWN)
        .order_by("verdict__since", "pk")
        .values_list(
            "component_id", "component__name", "pk", "name", "verdict__since", "kind", "url"
        )
    )
    found: dict[str, Doubt] = {}
    for component_id, component, pk, name, since, kind, url in rows:
        if statuses.get(component_id) != Status.OPERATIONAL or is_without_aim(kind, url):
            continue
        doubt = Doubt(component_id, component, pk, name, datetime.fromtimestamp(since, tz=UTC))
        found.setdefault(component_id, doubt)
    return list(found.values())


def open_incidents_of(page_id: str) -> list[OpenIncident]:
    """Return the published incidents that go on, in no order. Two queries at most.

    Its components count as far as they have monitors; paused ones say nothing.
    """
    rows = Incident.objects.filter(
        page_id=page_id, published_at__isnull=False, resolved_at__isnull=True
    ).order_by()
    facts: dict[str, tuple[str, datetime, datetime | None]] = {}
    components: dict[str, set[str]] = defaultdict(set)
    for pk, title, began_at, next_update_by, component_id in rows.values_list(
        "pk", "title", "began_at", "next_update_by", "affected__component_id"
    ):
        facts[pk] = (title, began_at, next_update_by)
        if component_id is not None:
            components[pk].add(component_id)
    affected = {one for some in components.values() for one in some}
    up_since = _up_since(affected) if affected else {}
    found = []
    for pk, (title, began_at, next_update_by) in facts.items():
        starts = [start for one in components[pk] for start in up_since.get(one, ())]
        known = [start for start in starts if start is not None]
        is_up = bool(starts) and len(known) == len(starts)
        since = max(*known, began_at) if is_up else None
        found.append(OpenIncident(pk, title, since, next_update_by))
    return found


def _up_since(component_ids: set[str]) -> dict[str, list[datetime | None]]:
    """Return since when each monitor of each component is up; None of one that is not."""
    rows = (
        Monitor.objects.filter(component_id__in=component_ids, paused_at__isnull=True)
        .order_by()
        .values_list("component_id", "kind", "url", "verdict__state", "verdict__since")
    )
    found: dict[str, list[datetime | None]] = defaultdict(list)
    for component_id, kind, url, state, since in rows:
        if not is_without_aim(kind, url):
            is_up = state == MonitorState.UP
            found[component_id].append(datetime.fromtimestamp(since, tz=UTC) if is_up else None)
    return found
