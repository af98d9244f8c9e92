"""The core's end of the talk with probes: what arrives, whatever way it came."""

from datetime import datetime

import msgspec
import structlog

from pingpong.monitors.agents import note_report
from pingpong.monitors.intake import take_outcomes
from pingpong.probe.contract import Outcomes, read_from_probe

log = structlog.get_logger(__name__)


def take_message(raw: bytes | str, *, now: datetime) -> str | None:
    """Take in one message; return its id when it is one that wants a receipt.

    Raises django.db.Error when it could not be stored: then it has to come again. What cannot be
    read is told of and dropped, for it would never become readable.
    """
    try:
        message = read_from_probe(raw)
    except (msgspec.DecodeError, msgspec.ValidationError) as problem:
        log.warning("probe_message_unreadable", problem=str(problem)[:200])
        return None
    if isinstance(message, Outcomes):
        take_outcomes(message.outcomes, vantage=message.vantage, now=now)
        return message.id
    note_report(message, now=now)
    return None
