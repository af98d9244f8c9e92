"""Writing events, in the transaction of the change that they tell of."""

from datetime import datetime
from typing import Any

from django.db import connection

from pingpong.kit.actor import Actor

from .models import Event

CHANNEL = "pingpong"


def record(
    kind: str,
    *,
    page_id: str,
    subject_id: str,
    by: Actor,
    now: datetime,
    data: dict[str, Any] | None = None,
) -> Event:
    """Append one event; it becomes visible with the caller's transaction."""
    return Event.objects.create(
        kind=kind,
        page_id=page_id,
        subject_id=subject_id,
        actor=by.name,
        actor_id=by.person_id,
        at=now,
        data=data or {},
    )


def wake() -> None:
    """Tell listeners on PostgreSQL that this transaction will bring rows; SQLite's are polled."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
