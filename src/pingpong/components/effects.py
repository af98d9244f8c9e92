"""What events make of components: written by incidents and maintenance, read by all."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from pingpong.kit.actor import Actor

from . import history
from .models import Component, Effect
from .status import Influence, strongest


@dataclass(frozen=True, slots=True)
class EffectSpan:
    """One component, one status, one stretch of time; no end while the event is going on."""

    component_id: str
    status: str
    starts_at: datetime
    ends_at: datetime | None


def active_by_component(page_id: str, now: datetime) -> dict[str, Influence]:
    """Return, per affected component of a page, the event that decides now. One query."""
    return active_on_pages([page_id], now)


def active_on_pages(page_ids: Collection[str], now: datetime) -> dict[str, Influence]:
    """Do as :func:`active_by_component` for the components of several pages. One query."""
    rows = Effect.objects.filter(page_id__in=page_ids, starts_at__lte=now).filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    )
    found: dict[str, list[Influence]] = defaultdict(list)
    facts = rows.values_list("component_id", "source", "event_id", "status", "starts_at", "ends_at")
    for component_id, source, event_id, status, starts_at, ends_at in facts:
        found[component_id].append(Influence(source, event_id, status, starts_at, ends_at))
    deciding = {component_id: strongest(some) for component_id, some in found.items()}
    return {component_id: one for component_id, one in deciding.items() if one is not None}


def effective(component: Component, active: Mapping[str, Influence]) -> str:
    """Return the status that the page shows: the deciding event's, else the component's own."""
    deciding = active.get(component.pk)
    return component.own_status if deciding is None else deciding.status


def replace_effects(
    page_id: str,
    *,
    source: str,
    event_id: str,
    spans: Sequence[EffectSpan],
    cause: str,
    by: Actor,
    now: datetime,
) -> None:
    """Make `spans` all that one event does, and bring the ledger in step.

    Call it in the event's own transaction, with no spans when the event is deleted.
    """
    rows = {
        EffectSpan(row.component_id, row.status, row.starts_at, row.ends_at): row
        for row in Effect.objects.filter(event_id=event_id, source=source)
    }
    wanted = set(spans)
    gone = [span for span in rows if span not in wanted]
    new = [span for span in spans if span not in rows]
    if not gone and not new:
        return
    Effect.objects.filter(pk__in=[rows[span].pk for span in gone]).delete()
    Effect.objects.bulk_create(
        Effect(
            page_id=page_id,
            component_id=span.component_id,
            source=source,
            event_id=event_id,
            status=span.status,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
        )
        for span in new
    )
    history.sync(
        {span.component_id for span in (*gone, *new)},
        since=_first_difference(gone, new),
        cause=cause,
        cause_id=event_id,
        by=by,
        now=now,
    )


def _first_difference(gone: Sequence[EffectSpan], new: Sequence[EffectSpan]) -> datetime:
    """Return the earliest instant at which old and new spans disagree."""
    ends_before = {(span.component_id, span.status, span.starts_at): span.ends_at for span in gone}
    instants: list[datetime] = [span.starts_at for span in gone]
    for span in new:
        key = (span.component_id, span.status, span.starts_at)
        if key not in ends_before:
            instants.append(span.starts_at)
            continue
        instants.remove(span.starts_at)
        ends = [end for end in (ends_before[key], span.ends_at) if end is not None]
        instants.append(min(ends))
    return min(instants)
