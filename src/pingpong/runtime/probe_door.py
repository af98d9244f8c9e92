"""The core's end of the talk with probes: what arrives, whatever way it came."""

from datetime import datetime

import msgspec
import psycopg
import structlog
from django.db import InterfaceError, OperationalError

from pingpong.monitors.agents import note_report
from pingpong.monitors.intake import take_outcomes
from pingpong.probe.contract import Outcome, Outcomes, read_from_probe

log = structlog.get_logger(__name__)

# Far more than a probe sends at once.
MOST_OUTCOMES = 5000
# psycopg's own: the pool had no connection in time, which Django passes on as it is.
_AWAY = (OperationalError, InterfaceError, psycopg.OperationalError)


class NotStoredError(Exception):
    """The database cannot take anything now: the message has to come again."""


def take_message(raw: bytes | str, *, now: datetime) -> str | None:
    """Take in one message; return its id when it is one that wants a receipt.

    Raises NotStoredError. What cannot be read or stored whenever it comes is told of and dropped:
    a message that came again for ever would hold up the others.
    """
    try:
        message = read_from_probe(raw)
    except (msgspec.DecodeError, msgspec.ValidationError) as problem:
        log.warning("probe_message_unreadable", problem=str(problem)[:200])
        return None
    try:
        if isinstance(message, Outcomes):
            _take(message, message.outcomes[:MOST_OUTCOMES], now=now)
            return message.id
        note_report(message, now=now)
    except _AWAY as problem:
        raise NotStoredError(type(problem).__name__) from problem
    except Exception:
        log.exception("probe_message_not_taken")
        return message.id if isinstance(message, Outcomes) else None
    return None


def _take(message: Outcomes, outcomes: list[Outcome], *, now: datetime) -> None:
    """Take in all together, or, where one of them cannot be, each by itself."""
    try:
        take_outcomes(outcomes, vantage=message.vantage, location=message.location, now=now)
    except _AWAY:
        raise
    except Exception as problem:
        if len(outcomes) == 1:
            raise
        log.warning("outcomes_taken_singly", problem=type(problem).__name__)
        for one in outcomes:
            _take_one(message, one, now=now)


def _take_one(message: Outcomes, one: Outcome, *, now: datetime) -> None:
    try:
        take_outcomes([one], vantage=message.vantage, location=message.location, now=now)
    except _AWAY:
        raise
    except Exception as problem:  # noqa: BLE001 -- told of; the others go on
        log.warning("outcome_dropped", watch=one.watch, problem=type(problem).__name__)
