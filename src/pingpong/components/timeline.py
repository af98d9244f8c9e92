"""Deriving what a component was when: a pure function of settings and events."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .status import Influence, Source, strongest


@dataclass(frozen=True, slots=True)
class Setting:
    """A status that a person set, in force until the next one."""

    status: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one effective status and its cause; the last one has no end yet."""

    status: str
    source: str
    cause_id: str
    start: datetime
    end: datetime | None = None

    def is_like(self, other: "Segment") -> bool:
        return (self.status, self.source, self.cause_id) == (
            other.status,
            other.source,
            other.cause_id,
        )


def derive(
    settings: Sequence[Setting],
    influences: Sequence[Influence],
    *,
    start: datetime,
    until: datetime,
) -> list[Segment]:
    """Return the segments from `start` on, as far as `until` lets know them.

    `settings` are in order of time and the first is in force at `start`. Edges after `until` are
    the future's business: the last segment is open.
    """
    edges = {start}
    edges.update(setting.since for setting in settings)
    for influence in influences:
        edges.add(influence.starts_at)
        if influence.ends_at is not None:
            edges.add(influence.ends_at)
    segments: list[Segment] = []
    for edge in sorted(edge for edge in edges if start <= edge <= until):
        segment = _state_at(edge, settings, influences)
        if segments and segments[-1].is_like(segment):
            continue
        if segments:
            segments[-1] = replace(segments[-1], end=edge)
        segments.append(segment)
    return segments


def _state_at(
    at: datetime, settings: Sequence[Setting], influences: Sequence[Influence]
) -> Segment:
    deciding = strongest(one for one in influences if one.is_active(at))
    if deciding is not None:
        return Segment(deciding.status, deciding.source, deciding.event_id, at)
    own = next(one for one in reversed(settings) if one.since <= at)
    return Segment(own.status, Source.OWN, "", at)


def splice(known: Sequence[Segment], derived: Sequence[Segment]) -> list[Segment]:
    """Join what stands before the first derived instant with what was derived.

    `known` are the segments in force that reach to or beyond that instant, in order.
    """
    if not derived:
        return list(known)
    first = derived[0]
    if not known or known[0].start >= first.start:
        return list(derived)
    if known[0].is_like(first):
        return [replace(first, start=known[0].start), *derived[1:]]
    return [replace(known[0], end=first.start), *derived]
