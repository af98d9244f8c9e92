"""From the updates of an incident to its status and the stretches in which it was open."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from pingpong.components.effects import EffectSpan

from .models import IncidentStatus

Told = tuple[str, datetime]
"""The status of an update and when it was posted."""


def status_after(updates: Sequence[Told]) -> tuple[str, datetime | None]:
    """Return the status after all updates, in order of time, and when it was resolved, if so."""
    if not updates:
        return IncidentStatus.IN_PROGRESS.value, None
    status, told_at = updates[-1]
    return status, told_at if status == IncidentStatus.RESOLVED else None


def open_stretches(
    updates: Sequence[Told], *, starts_at: datetime
) -> list[tuple[datetime, datetime | None]]:
    """Return the stretches in which the incident was not resolved; the last may have no end."""
    stretches: list[tuple[datetime, datetime | None]] = []
    opened_at: datetime | None = starts_at
    for status, told_at in updates:
        is_resolved = status == IncidentStatus.RESOLVED
        if is_resolved and opened_at is not None:
            stretches.append((opened_at, max(told_at, opened_at)))
            opened_at = None
        elif not is_resolved and opened_at is None:
            opened_at = max(told_at, starts_at)
    if opened_at is not None:
        stretches.append((opened_at, None))
    return stretches


def effect_spans(
    affected: Iterable[tuple[str, str]], updates: Sequence[Told], *, starts_at: datetime
) -> list[EffectSpan]:
    """Return what an incident does to its components, given as (id, status)."""
    stretches = open_stretches(updates, starts_at=starts_at)
    return [
        EffectSpan(component_id, status, start, end)
        for component_id, status in affected
        for start, end in stretches
        if end is None or start < end
    ]
