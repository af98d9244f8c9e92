"""One window of load by wrk, and what it cost the server."""

import re
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .processes import core_seconds, cpu_seconds
from .servers import CLIENT_CORE, SERVERS_CORE

_REQUESTS = re.compile(r"^\s*(\d+) requests in ", re.MULTILINE)
_FAILED = re.compile(r"^\s*(?:Non-2xx or 3xx responses|Socket errors): .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for, and the process whose family's CPU time counts."""

    name: str
    pid: int
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    script: Path | None = None


@dataclass(frozen=True, slots=True)
class Window:
    requests: int
    cpu_s: float
    taken_by_others: float
    """The part of the window in which other processes had the servers' core."""

    @property
    def per_cpu_s(self) -> float:
        return self.requests / self.cpu_s


def press(target: Target, *, connections: int, seconds: float) -> Window:
    """Send as many requests as are answered; raise SystemExit when one failed."""
    command = ["taskset", "-c", str(CLIENT_CORE), "wrk", "-t1", f"-c{connections}"]
    command += [f"-d{max(1, round(seconds))}s", "--timeout", "10s"]
    for name, value in target.headers.items():
        command += ["-H", f"{name}: {value}"]
    if target.script is not None:
        command += ["-s", str(target.script)]
    begun, before, core_before = (
        time.monotonic(),
        cpu_seconds(target.pid),
        core_seconds(SERVERS_CORE),
    )
    told = subprocess.run([*command, target.url], capture_output=True, text=True, check=False)
    time.sleep(0.05)  # what was begun is finished, and counted
    cpu_s = cpu_seconds(target.pid) - before
    foreign_s = core_seconds(SERVERS_CORE) - core_before - cpu_s
    requests = _REQUESTS.search(told.stdout)
    if (failed := _FAILED.search(told.stdout)) or requests is None:
        reason = failed.group().strip() if failed else told.stdout + told.stderr
        raise SystemExit(f"{target.name}: {target.url}: {reason}")
    taken_by_others = max(0.0, foreign_s) / (time.monotonic() - begun)
    return Window(int(requests[1]), cpu_s, taken_by_others)
