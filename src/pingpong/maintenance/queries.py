"""Reading maintenance whole, in a fixed number of queries."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from .models import AffectedComponent, Maintenance, MaintenanceStatus


def full(page_id: str) -> QuerySet[Maintenance]:
    """Return a page's maintenance, newest first, with affected components."""
    affected = AffectedComponent.objects.select_related("component__group")
    return Maintenance.objects.filter(page_id=page_id).prefetch_related(
        Prefetch("affected", queryset=affected)
    )


def with_status(
    rows: QuerySet[Maintenance], status: str, *, now: datetime
) -> QuerySet[Maintenance]:
    """Keep the windows that have one of the three statuses now."""
    if status == MaintenanceStatus.UPCOMING:
        return rows.filter(scheduled_for__gt=now)
    if status == MaintenanceStatus.IN_PROGRESS:
        return rows.filter(scheduled_for__lte=now, ends_at__gt=now)
    return rows.filter(ends_at__lte=now)


def in_progress(page_id: str, *, now: datetime) -> QuerySet[Maintenance]:
    return with_status(full(page_id), MaintenanceStatus.IN_PROGRESS, now=now)
