"""What is due now, and who gets it: the beat's tick."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

import structlog

from pingpong.probe.contract import Batch, Outcome

from .assignments import Due, batches, due_of
from .due import claim_due, retake_expired
from .intake import take_outcomes
from .models import Watch

log = structlog.get_logger(__name__)


class Outlet(Protocol):
    """A way to the probes of some locations."""

    def serves(self, location: str) -> bool:
        """Tell whether somebody is there who would do what is sent."""

    def send(self, batch: Batch) -> None:
        """Hand a batch over; what is lost on the way is claimed again or becomes a gap."""


def tick(now: datetime, outlets: Iterable[Outlet]) -> int:
    """Claim what is due and send it out; return how many checks were sent.

    Any number of beats and workers may do this at once: a slot is claimed by one of them.
    """
    return _publish(claim_due(now), tuple(outlets), now=now)


def retake(now: datetime, outlets: Iterable[Outlet]) -> int:
    """Send out again what nobody answered; return how many checks were sent."""
    return _publish(retake_expired(now), tuple(outlets), now=now)


def _publish(claim: str, outlets: tuple[Outlet, ...], *, now: datetime) -> int:
    due = due_of(claim, now=now)
    _note_missed_heartbeats(due, now=now)
    sent = 0
    for location, assignments in due.by_location.items():
        outlet = next((one for one in outlets if one.serves(location)), None)
        if outlet is None:
            continue  # nobody looks from there: a gap
        for batch in batches(location, assignments, sent_at=now.timestamp()):
            try:
                outlet.send(batch)
            except Exception as problem:  # noqa: BLE001 -- the other locations go on
                log.warning("batch_not_sent", location=location, problem=type(problem).__name__)
                continue
            sent += len(batch.assignments)
    return sent


def _note_missed_heartbeats(due: Due, *, now: datetime) -> None:
    """Write down those that are late, unless they have just come after all."""
    if due.missed:
        seen = dict(
            Watch.objects.filter(pk__in=[watch for watch, _ in due.missed]).values_list(
                "pk", "last_slot"
            )
        )
        missed = [
            Outcome(watch, slot, "heartbeat_missed")
            for watch, slot in due.missed
            if (seen.get(watch) or 0) < slot
        ]
        take_outcomes(missed, vantage="", now=now)
