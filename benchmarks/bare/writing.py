"""The statements that the product runs for a new incident, one after the other, without its logic.

benchmarks/api compares the two lists of statements before it measures.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from pingpong.components.models import Component, Effect, Interval, OwnStatus
from pingpong.events.models import Event
from pingpong.incidents.models import (
    AffectedComponent,
    FormerlyAffected,
    Incident,
    IncidentStatus,
    IncidentUpdate,
)
from pingpong.pages.models import Page


def write_incident(
    page: Page, person: Any, valid: Mapping[str, Any], sent: Mapping[str, Any]
) -> str:
    """Write an incident that affects one component; return its id."""
    now = timezone.now()
    affected = sent["affected_components"][0]
    found = Component.objects.filter(page=page, pk__in=[affected["id"]]).select_related("group")
    component = next(iter(found))
    with transaction.atomic():
        Page.objects.filter(pk=page.pk).update(version=F("version") + 1)
        incident = _insert(page, person, valid, now)
        _affect(incident, component, affected["status"])
        Event.objects.create(
            kind="incident.opened",
            page_id=page.pk,
            subject_id=incident.pk,
            actor=person.name,
            actor_id=person.pk,
            at=now,
            data={"notify_subscribers": True},
        )
        _settle(incident)
        _put_into_force(incident, component, affected["status"], now)
        _continue_ledger(incident, component, affected["status"], now)
    return incident.pk


def _insert(page: Page, person: Any, valid: Mapping[str, Any], now: datetime) -> Incident:
    return Incident.objects.create(
        page=page,
        title=valid["title"],
        message=valid["message"],
        occurred_at=now,
        began_at=now,
        notify_subscribers=True,
        reported_by=person.name,
        created_at=now,
        status=IncidentStatus.IN_PROGRESS,
    )


def _affect(incident: Incident, component: Component, status: str) -> None:
    list(incident.affected.all())
    incident.affected.all().delete()
    AffectedComponent.objects.bulk_create(
        [AffectedComponent(incident=incident, component=component, status=status, position=0)]
    )


def _settle(incident: Incident) -> None:
    list(IncidentUpdate.objects.filter(incident=incident).values_list("status", "created_at"))
    incident.save(update_fields=["status", "resolved_at"])
    list(incident.affected.values_list("component_id", "status", "since"))
    former = FormerlyAffected.objects.filter(incident=incident)
    list(former.values_list("component_id", "status", "since", "until"))


def _put_into_force(incident: Incident, component: Component, status: str, now: datetime) -> None:
    list(Effect.objects.filter(event_id=incident.pk, source="incident"))
    Effect.objects.bulk_create(
        [
            Effect(
                page_id=incident.page_id,
                component=component,
                source="incident",
                event_id=incident.pk,
                status=status,
                starts_at=now,
            )
        ]
    )


def _continue_ledger(incident: Incident, component: Component, status: str, now: datetime) -> None:
    ids = [component.pk]
    list(Component.objects.filter(pk__in=ids).values_list("pk", "created_at"))
    set_before = OwnStatus.objects.filter(component_id__in=ids, since__lte=now).order_by()
    latest = [
        row["latest"] for row in set_before.values("component_id").annotate(latest=Max("since"))
    ]
    list(OwnStatus.objects.filter(component_id__in=ids, since__gte=latest[0]))
    in_force = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    list(Effect.objects.filter(component_id__in=ids).filter(in_force))
    reaching = Interval.objects.filter(component_id__in=ids, superseded_by__isnull=True)
    reaching = reaching.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=now))
    rows = list(reaching.order_by("started_at"))
    rows[-1].ended_at = now
    Interval.objects.bulk_update(rows[-1:], ["ended_at"])
    Interval.objects.bulk_create(
        [
            Interval(
                component=component,
                status=status,
                source="incident",
                cause_id=incident.pk,
                actor=incident.reported_by,
                started_at=now,
            )
        ]
    )
