"""A look that somebody asks for: what is due later becomes due at once.

Nothing is opened here: the engine's next tick sends it to a probe, as any other check.
"""

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Q

from .agents import served_locations
from .due import LEAD_S
from .models import Monitor, MonitorKind, Watch
from .watches import is_idle
from .writing import alone

# Between two looks that are asked for; the target is of somebody who may not like more.
AGAIN_AFTER_S = 15


class NoLook(StrEnum):
    """Why nobody looks at once."""

    HEARTBEAT = "heartbeat"
    IDLE = "idle"
    NO_PROBE = "no probe"
    TOO_SOON = "too soon"


class LookRefusedError(Exception):
    """A monitor is not looked at now; `reason` says why."""

    def __init__(self, reason: NoLook) -> None:
        super().__init__(f"This monitor is not looked at now: {reason}.")
        self.reason = reason


def look_now(monitor: Monitor, *, now: datetime) -> int:
    """Make a monitor's next look due now; return from how many locations it is.

    Raises LookRefusedError: heartbeats and idle monitors have nothing to look at, where no probe
    has reported itself nobody would look, and what was looked at just now is not again. Schedules
    stay as they are. Who asks leaves no event: nothing of the monitor changes.
    """
    if monitor.kind == MonitorKind.HEARTBEAT:
        raise LookRefusedError(NoLook.HEARTBEAT)
    if is_idle(monitor):
        raise LookRefusedError(NoLook.IDLE)
    places = served_locations(now)
    watches = Watch.objects.filter(monitor=monitor, is_active=True, location__in=places)
    if not watches.exists():
        raise LookRefusedError(NoLook.NO_PROBE)
    second = int(now.timestamp())
    with transaction.atomic(), alone():
        # Of two that ask at once the second finds it due already.
        is_rested = Q(claimed_slot__isnull=True) | Q(claimed_slot__lte=second - AGAIN_AFTER_S)
        hurried = watches.filter(is_rested, next_slot__gt=second + LEAD_S).update(next_slot=second)
    if not hurried:
        raise LookRefusedError(NoLook.TOO_SOON)
    return hurried
