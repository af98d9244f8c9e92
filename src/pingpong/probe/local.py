"""The probe beside the engine, at the other end of a pipe."""

import os
from pathlib import Path

from .courier import Sender
from .lifetime import run_probe
from .logs import set_up_logging
from .pipe import PipeTransport

VANTAGE = "local"


def run_local(*, fd: int, locations: list[str], spool: Path, allow: str, canaries: str) -> int:
    """Look for the core at the other end of a SOCK_SEQPACKET socket; return the exit code."""
    set_up_logging()
    sender = Sender(f"{VANTAGE}:{os.getpid()}", VANTAGE, locations)
    return run_probe(sender, PipeTransport(fd), spool=spool, allow=allow, canaries=canaries)
