"""What a page has on record, without its texts: enough to tell what there is and what changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from django.db.models import QuerySet

from pingpong.events.models import Event
from pingpong.incidents.models import AffectedComponent as IncidentComponent
from pingpong.incidents.models import Incident
from pingpong.maintenance.models import AffectedComponent as MaintenanceComponent
from pingpong.maintenance.models import Maintenance

# After more events than these it is cheaper to read the index anew.
MOST_EVENTS = 500
_OF_COMPONENTS = ("component.changed", "component.deleted")


@dataclass(frozen=True, slots=True)
class Entry:
    """One incident or window. `ends_at` is None of incidents; `month` is its first day."""

    at: datetime
    ends_at: datetime | None
    month: date
    components: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of what events spoke of; `cursor` is the last event."""

    cursor: int
    incidents: frozenset[str] = field(default_factory=frozenset)
    windows: frozenset[str] = field(default_factory=frozenset)
    components: frozenset[str] = field(default_factory=frozenset)


Index = dict[str, Entry]


def last_event(page_id: str) -> int:
    """Return where :func:`changes_since` goes on from. One query."""
    newest = Event.objects.filter(page_id=page_id).order_by("-pk")
    return newest.values_list("pk", flat=True).first() or 0


def changes_since(page_id: str, cursor: int) -> Changes | None:
    """Return what has changed since; None where it was too much to be told. One query.

    Verbs lock the page before they write, so that the events of one page become visible in the
    order of their ids: none comes late.
    """
    rows = Event.objects.filter(page_id=page_id, pk__gt=cursor).order_by("pk")
    events = list(rows.values_list("pk", "kind", "subject_id")[: MOST_EVENTS + 1])
    if len(events) > MOST_EVENTS:
        return None
    return Changes(
        cursor=events[-1][0] if events else cursor,
        incidents=frozenset(of for _, kind, of in events if kind.startswith("incident.")),
        windows=frozenset(of for _, kind, of in events if kind.startswith("maintenance.")),
        components=frozenset(of for _, kind, of in events if kind in _OF_COMPONENTS),
    )


def incident_index(page_id: str, zone: tzinfo, ids: Collection[str] | None = None) -> Index:
    """Return the published incidents of a page, or those of some ids. Two queries."""
    rows = _narrowed(Incident.objects.filter(page_id=page_id, published_at__isnull=False), ids)
    hits = IncidentComponent.objects.filter(incident__page_id=page_id)
    if ids is not None:
        hits = hits.filter(incident_id__in=ids)
    found = ((pk, at, None) for pk, at in rows.values_list("pk", "began_at"))
    return dict(_entries(found, hits.values_list("incident_id", "component_id"), zone))


def window_index(page_id: str, zone: tzinfo, ids: Collection[str] | None = None) -> Index:
    """Return the maintenance of a page, or that of some ids. Two queries."""
    rows = _narrowed(Maintenance.objects.filter(page_id=page_id), ids)
    hits = MaintenanceComponent.objects.filter(maintenance__page_id=page_id)
    if ids is not None:
        hits = hits.filter(maintenance_id__in=ids)
    found = rows.values_list("pk", "scheduled_for", "ends_at")
    return dict(_entries(found, hits.values_list("maintenance_id", "component_id"), zone))


def newest_first(index: Mapping[str, Entry]) -> list[str]:
    """Return the ids in the order in which a history tells of them."""
    return sorted(index, key=lambda one: (index[one].at, one), reverse=True)


def month_of(at: datetime, zone: tzinfo) -> date:
    """Return the first day of the month that an instant is in."""
    return at.astimezone(zone).date().replace(day=1)


def _narrowed(rows: QuerySet[Any], ids: Collection[str] | None) -> QuerySet[Any]:
    rows = rows.order_by()
    return rows if ids is None else rows.filter(pk__in=ids)


def _entries(
    rows: Iterable[tuple[str, datetime, datetime | None]],
    hits: Iterable[tuple[str, str]],
    zone: tzinfo,
) -> Iterator[tuple[str, Entry]]:
    components: dict[str, list[str]] = defaultdict(list)
    for owner_id, component_id in hits:
        components[owner_id].append(component_id)
    for pk, at, ends_at in rows:
        yield pk, Entry(at, ends_at, month_of(at, zone), tuple(components[pk]))
