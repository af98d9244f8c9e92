"""The probe on a machine of its own, which speaks to its core over a broker alone."""

from pathlib import Path

from .courier import Sender
from .lifetime import run_probe
from .logs import set_up_logging


def run_agent(
    *,
    locations: list[str],
    broker_url: str,
    spool: Path,
    name: str,
    vantage: str,
    allow: str,
    canaries: str,
) -> int:
    """Look from some locations until SIGTERM or SIGINT; return the exit code."""
    from .broker import BrokerTransport

    set_up_logging()
    return run_probe(
        Sender(name, vantage, locations),
        BrokerTransport(broker_url, locations),
        spool=spool,
        allow=allow,
        canaries=canaries,
    )
