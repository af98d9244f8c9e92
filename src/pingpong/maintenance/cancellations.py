"""Windows that were deleted before they were over, for calendars that have them already."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from .models import CancelledMaintenance, Maintenance

# A calendar that was not opened for so long keeps what it has.
REMEMBERED_FOR = timedelta(days=90)
MOST_TOLD = 100


def remember_cancelled(maintenance: Maintenance, *, now: datetime) -> None:
    """Note that a window is about to be deleted, unless it is over; forget what is long gone."""
    old = CancelledMaintenance.objects.filter(page_id=maintenance.page_id)
    old.filter(cancelled_at__lte=now - REMEMBERED_FOR).delete()
    if maintenance.ends_at <= now:
        return
    affected = maintenance.affected.order_by("position")
    CancelledMaintenance.objects.update_or_create(
        id=maintenance.pk,
        defaults={
            "page_id": maintenance.page_id,
            "title": maintenance.title,
            "scheduled_for": maintenance.scheduled_for,
            "ends_at": maintenance.ends_at,
            "component_ids": " ".join(affected.values_list("component_id", flat=True)),
            "created_at": maintenance.created_at,
            "revision": maintenance.revision + 1,
            "cancelled_at": now,
        },
    )


def recently_cancelled(page_id: str, *, now: datetime) -> Iterable[CancelledMaintenance]:
    """Return the latest of them, newest first. One query."""
    rows = CancelledMaintenance.objects.filter(
        page_id=page_id, cancelled_at__gt=now - REMEMBERED_FOR
    )
    return rows.order_by("-cancelled_at", "-id")[:MOST_TOLD]
