"""The two children of `up` that measure: the engine, and the probe at the other end of a pipe."""

import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from .child import Child
from .probe_wire import FD_VARIABLE, make_pair

SPOOL = "spool"
# All that a probe may see of our surroundings: no address of a database, no key.
_HARMLESS = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "TMPDIR",
    "PYTHONPATH",
    "VIRTUAL_ENV",
    "PINGPONG_LOG_LEVEL",
    "PINGPONG_LOG_FORMAT",
    "PINGPONG_LOCAL_LOCATIONS",
    "PINGPONG_ALLOW_PRIVATE_TARGETS",
    "PINGPONG_PROBE_CANARIES",
)
_PORTS = {"http": 80, "https": 443}

# Open for as long as we live, so that either child may die and find the pipe again.
_ends: list[socket.socket] = []


def measuring(
    data_dir: Path, *, env: Mapping[str, str], address: str, has_demo: bool
) -> list[Child]:
    """Return engine and probe; the probe may look at the example's own page, if it is there."""
    core, probe = make_pair()
    _ends.extend((core, probe))
    harmless = {name: value for name, value in env.items() if name in _HARMLESS}
    if has_demo:
        allowed = [harmless.get("PINGPONG_ALLOW_PRIVATE_TARGETS", ""), _own_place(address)]
        harmless["PINGPONG_ALLOW_PRIVATE_TARGETS"] = ",".join(filter(None, allowed))
    cli = [sys.executable, "-m", "pingpong.runtime.cli"]
    spool = str(data_dir / SPOOL)
    return [
        Child(
            "engine",
            [*cli, "engine"],
            env={**env, FD_VARIABLE: str(core.fileno())},
            keeps=(core.fileno(),),
        ),
        Child(
            "probe",
            [*cli, "probe", "--fd", str(probe.fileno()), "--spool", spool],
            env=harmless,
            keeps=(probe.fileno(),),
        ),
    ]


def _own_place(address: str) -> str:
    parts = urlsplit(address)
    host = parts.hostname or "localhost"
    port = parts.port or _PORTS.get(parts.scheme, 80)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
