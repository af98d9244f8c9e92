"""Reading incidents whole, in a fixed number of queries."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from .models import AffectedComponent, Incident, IncidentStatus, IncidentUpdate


def with_drafts(page_id: str) -> QuerySet[Incident]:
    """Return all of a page's incidents, newest first, with updates and affected components."""
    affected = AffectedComponent.objects.select_related("component__group")
    return Incident.objects.filter(page_id=page_id).prefetch_related(
        "updates", Prefetch("affected", queryset=affected)
    )


def full(page_id: str) -> QuerySet[Incident]:
    """Return those of :func:`with_drafts` that are published."""
    return with_drafts(page_id).filter(published_at__isnull=False)


def drafts(page_id: str) -> QuerySet[Incident]:
    """Return those of :func:`with_drafts` that are not published."""
    return with_drafts(page_id).filter(published_at__isnull=True)


def ongoing(page_id: str) -> QuerySet[Incident]:
    """Return those of :func:`full` that are not resolved."""
    return full(page_id).filter(resolved_at__isnull=True)


def told_as(incidents: QuerySet[Incident], status: str) -> QuerySet[Incident]:
    """Narrow down to those of a status by the rule of the contract (A6, A7).

    It is that of the latest update; without any it is "In progress", whatever the team calls it.
    """
    updates = IncidentUpdate.objects.filter(incident_id=OuterRef("pk"))
    is_of_an_update = Exists(updates)
    if status == IncidentStatus.IN_PROGRESS:
        return incidents.filter(~is_of_an_update)
    return incidents.filter(is_of_an_update, status=status)
