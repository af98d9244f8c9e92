"""What happens at the edges of a window, whoever looks or does not look at the time."""

from datetime import datetime

from django.db import transaction

from pingpong.components import history
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.versions import touch

from .models import Maintenance

# Enough for any minute; the rest is taken on the next tick.
BATCH = 200


def next_edge(scheduled_for: datetime, ends_at: datetime, now: datetime) -> datetime | None:
    """Return the next instant at which the window's status changes, None when it is complete."""
    if now < scheduled_for:
        return scheduled_for
    return ends_at if now < ends_at else None


def turn_clock(now: datetime) -> list[str]:
    """Write down every edge that has passed, at the edge's own time; return the pages touched.

    Safe to call from many engines at once: each edge is claimed by compare-and-swap.
    """
    due = Maintenance.objects.filter(next_edge_at__lte=now).select_related("page")
    due = due.order_by("next_edge_at")[:BATCH]
    return sorted({one.page_id for one in due if _pass_edge(one, now=now)})


def catch_up(maintenance: Maintenance, *, now: datetime) -> None:
    """Write down what passed unnoticed, before the window's own times change."""
    while _pass_edge(maintenance, now=now):
        maintenance.refresh_from_db(fields=["next_edge_at"])


@transaction.atomic
def _pass_edge(maintenance: Maintenance, *, now: datetime) -> bool:
    edge = maintenance.next_edge_at
    if edge is None or edge > now:
        return False
    touch(maintenance.page_id)
    mine = Maintenance.objects.filter(pk=maintenance.pk, next_edge_at=edge)
    window = mine.values_list("scheduled_for", "ends_at").first()
    following = None if window is None else next_edge(*window, edge)
    if not mine.update(next_edge_at=following):
        return False  # another engine was faster, or it was changed or deleted meanwhile
    product = Actor(maintenance.page.name)
    kind = Kind.MAINTENANCE_COMPLETED if following is None else Kind.MAINTENANCE_STARTED
    record(
        kind,
        page_id=maintenance.page_id,
        subject_id=maintenance.pk,
        by=product,
        now=now,
        data={
            "title": maintenance.title,
            "at": edge.isoformat(),
            "notify_subscribers": maintenance.notify_subscribers,
        },
    )
    history.sync(
        set(maintenance.affected.values_list("component_id", flat=True)),
        since=edge,
        cause=kind,
        cause_id=maintenance.pk,
        by=product,
        now=now,
    )
    return True
