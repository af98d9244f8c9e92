"""What changing and deleting a thing of a page have in common; call both in a transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol, cast

from django.db.models import Model

from pingpong.events.differences import differences, stored_values, values_of
from pingpong.events.journal import record
from pingpong.kit.actor import Actor

from .versions import touch


class OfPage(Protocol):
    """A row with a page: a component, a group, a metric."""

    pk: Any
    page_id: str
    name: Any

    def save(self, *, update_fields: list[str]) -> None: ...

    def refresh_from_db(self) -> None: ...

    def delete(self) -> Any: ...


def change_row(
    row: OfPage, changes: Mapping[str, Any], *, kind: str, by: Actor, now: datetime
) -> None:
    """Write the named fields and nothing else, and an event with what they were and are."""
    touch(row.page_id)
    before = stored_values(cast("Model", row), changes)
    for field, value in changes.items():
        setattr(row, field, value)
    row.save(update_fields=list(changes))
    record(
        kind,
        page_id=row.page_id,
        subject_id=row.pk,
        by=by,
        now=now,
        data={
            "name": row.name,
            "changed": sorted(changes),
            **differences(before, values_of(row, changes)),
        },
    )


def delete_row(row: OfPage, *, kind: str, by: Actor, now: datetime) -> None:
    """Delete a row, and write an event that keeps its name."""
    touch(row.page_id)
    row.refresh_from_db()  # of two that delete it, one is told that it is gone
    record(kind, page_id=row.page_id, subject_id=row.pk, by=by, now=now, data={"name": row.name})
    row.delete()
