"""From the updates of an incident to its status and the stretches in which it was open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pingpong.components.effects import EffectSpan

from .models import IncidentStatus

Told = tuple[str, datetime]
"""The status of an update and when it was posted."""


def status_after(
    updates: Sequence[Told], *, opened_as: str = IncidentStatus.IN_PROGRESS
) -> tuple[str, datetime | None]:
    """Return the status after all updates, in order of time, and when it was resolved, if so.

    Before any it is what it was opened as. A further "Resolved", a last word, does not move the
    end.
    """
    resolved_at: datetime | None = None
    for status, told_at in updates:
        if status != IncidentStatus.RESOLVED:
            resolved_at = None
        elif resolved_at is None:
            resolved_at = told_at
    return updates[-1][0] if updates else str(opened_as), resolved_at


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


@dataclass(frozen=True, slots=True)
class Said:
    """What an incident says of a component: from its beginning or `since` to its end or `until`."""

    component_id: str
    status: str
    since: datetime | None = None
    until: datetime | None = None


def effect_spans(
    said: Iterable[Said], updates: Sequence[Told], *, starts_at: datetime
) -> list[EffectSpan]:
    """Return what an incident does to its components: what it says, while it is open."""
    stretches = open_stretches(updates, starts_at=starts_at)
    spans = [
        EffectSpan(
            one.component_id,
            one.status,
            start if one.since is None else max(start, one.since),
            _earlier(end, one.until),
        )
        for one in said
        for start, end in stretches
    ]
    return [span for span in spans if span.ends_at is None or span.starts_at < span.ends_at]


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    known = [at for at in (one, other) if at is not None]
    return min(known, default=None)
