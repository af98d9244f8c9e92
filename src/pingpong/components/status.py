"""The words and colours of a component's status, and which of several wins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models


class Status(models.TextChoices):
    """The contract's seven words (section 3, Component)."""

    UNKNOWN = "Unknown"
    OPERATIONAL = "Operational"
    MINOR = "Minor issues"
    MAJOR = "Major issues"
    CRITICAL = "Critical state"
    MAINTENANCE = "Maintenance mode"
    UNAVAILABLE = "Unavailable"


class Color(models.TextChoices):
    GREEN = "green"
    ORANGE = "orange"
    RED = "red"
    GRAY = "gray"


class Source(models.TextChoices):
    """Where a status comes from."""

    OWN = "own"
    INCIDENT = "incident"
    MAINTENANCE = "maintenance"
    MONITOR = "monitor"


# Contract A3.
_COLORS = {
    Status.UNKNOWN: Color.GRAY,
    Status.OPERATIONAL: Color.GREEN,
    Status.MINOR: Color.ORANGE,
    Status.MAJOR: Color.ORANGE,
    Status.CRITICAL: Color.RED,
    Status.MAINTENANCE: Color.GRAY,
    Status.UNAVAILABLE: Color.RED,
}

DOWN = frozenset({Status.CRITICAL, Status.UNAVAILABLE})
DEGRADED = frozenset({Status.MINOR, Status.MAJOR})

# Contract A22, weakest first. A monitor's word weighs what an incident's does.
_RANKS = {
    (Source.INCIDENT, Status.OPERATIONAL): 1,
    (Source.INCIDENT, Status.UNKNOWN): 2,
    (Source.MAINTENANCE, Status.MAINTENANCE): 3,
    (Source.INCIDENT, Status.MAINTENANCE): 4,
    (Source.INCIDENT, Status.MINOR): 5,
    (Source.INCIDENT, Status.MAJOR): 6,
    (Source.INCIDENT, Status.UNAVAILABLE): 7,
    (Source.INCIDENT, Status.CRITICAL): 8,
}


@dataclass(frozen=True, slots=True)
class Influence:
    """One event's hold on one component, from its start until its end (open when None)."""

    source: str
    event_id: str
    status: str
    starts_at: datetime
    ends_at: datetime | None = None

    def is_active(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


def color_of(status: str) -> str:
    """Return green, orange, red or gray for one of the seven words."""
    return _COLORS[Status(status)].value


def strongest(influences: Iterable[Influence]) -> Influence | None:
    """Return the event that decides: the worst, on a tie the one that began later (A22).

    On a tie people are right before a monitor, and during a maintenance no monitor counts: what is
    being worked on may be away.
    """
    some = list(influences)
    if any(one.source == Source.MAINTENANCE for one in some):
        some = [one for one in some if one.source != Source.MONITOR]
    return max(some, key=_weight, default=None)


def _weight(influence: Influence) -> tuple[int, bool, datetime, str]:
    is_monitor = influence.source == Source.MONITOR
    source = Source.INCIDENT if is_monitor else Source(influence.source)
    rank = _RANKS[source, Status(influence.status)]
    return rank, not is_monitor, influence.starts_at, influence.event_id
