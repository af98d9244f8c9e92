"""`pingpong agent` and `pingpong probe`: what they need of their surroundings; no Django."""

import hashlib
import os
import socket
from collections.abc import Sequence
from pathlib import Path

from pingpong.kit.egress import AllowList
from pingpong.probe.contract import LOCATIONS

from .problem import StartError


def run(*, locations: Sequence[str], broker: str, name: str, vantage: str, spool: Path) -> int:
    """Look from some locations until SIGTERM or SIGINT; raises StartError."""
    if not broker or broker.startswith("memory:"):
        raise StartError("An agent reaches its core over a broker: set BROKER_URL.")
    from pingpong.probe.agent import run_agent

    host = socket.gethostname()[:60]
    return run_agent(
        locations=[_location(one) for one in locations],
        broker_url=broker,
        spool=_folder(spool),
        name=name or f"{host}:{os.getpid()}",
        vantage=vantage or _machine(host),
        allow=_allowed(),
        canaries=os.environ.get("PINGPONG_PROBE_CANARIES", ""),
    )


def run_beside_engine(*, fd: int, spool: Path) -> int:
    """Look for the engine at the other end of `fd`, from the locations of the settings."""
    from pingpong.probe.local import run_local

    return run_local(
        fd=fd,
        locations=_local_locations(),
        spool=_folder(spool),
        allow=_allowed(),
        canaries=os.environ.get("PINGPONG_PROBE_CANARIES", ""),
    )


def _location(text: str) -> str:
    known = {one.lower(): one for one in LOCATIONS}
    try:
        return known[text.strip().lower()]
    except KeyError as problem:
        raise StartError(f"{text!r} is no location; there are {', '.join(LOCATIONS)}.") from problem


def _local_locations() -> list[str]:
    text = os.environ.get("PINGPONG_LOCAL_LOCATIONS", "all").strip().lower()
    if text in ("all", ""):
        return list(LOCATIONS)
    return [] if text == "none" else [_location(one) for one in text.split(",")]


def _allowed() -> str:
    text = os.environ.get("PINGPONG_ALLOW_PRIVATE_TARGETS", "")
    try:
        AllowList.parse(text)
    except ValueError as problem:
        raise StartError(f"PINGPONG_ALLOW_PRIVATE_TARGETS cannot be read: {problem}") from problem
    return text


def _folder(spool: Path) -> Path:
    try:
        spool.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise StartError(f"The folder {spool} cannot be made: {problem.strerror}.") from problem
    return spool.resolve()


def _machine(host: str) -> str:
    """Name this machine: agents on one machine are one vantage point, whatever they are called."""
    file = Path("/etc/machine-id")
    known = file.read_text().strip() if file.exists() else host
    return f"{host}-{hashlib.sha256(known.encode()).hexdigest()[:8]}"
