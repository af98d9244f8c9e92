"""Engine and probe at the two ends of a pipe, as `pingpong up` starts them, without the web."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ci.servers import server
from pingpong.kit.data_dir import prepare
from pingpong.runtime.child import die_with_parent
from pingpong.runtime.probe_wire import FD_VARIABLE, make_pair

from .probe_target import Targets
from .processes import cpu_seconds
from .product import COMMAND, settings_for
from .servers import CLIENT_CORE, end

_READY_WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Both processes; `database_pid` is PostgreSQL's first process, 0 on SQLite."""

    name: str
    engine_pid: int
    probe_pid: int
    database_pid: int
    env: Mapping[str, str]

    def cpu_s(self) -> tuple[float, float, float]:
        """Return the CPU time so far of engine, probe and database."""
        known = [self.engine_pid, self.probe_pid, self.database_pid]
        engine, probe, database = (cpu_seconds(pid) if pid else 0.0 for pid in known)
        return engine, probe, database

    def rows(self, *words: object) -> Any:
        """Have `probe_rows` do something in this database, and return what it says."""
        command = [sys.executable, "-m", "measure.probe_rows", *map(str, words)]
        told = subprocess.run(
            command, env=dict(self.env), capture_output=True, text=True, check=False
        )
        if told.returncode:
            raise SystemExit(f"{self.name}: {' '.join(map(str, words))}: {told.stderr[-4000:]}")
        return json.loads(told.stdout)


@contextmanager
def pair(folder: Path, database: str, targets: Targets, cores: set[int]) -> Iterator[Pair]:
    """Run both on an empty database: `sqlite`, or `postgresql` with its server on another core."""
    folder.mkdir()
    folder.chmod(0o711)  # PostgreSQL's user goes through it
    with ExitStack() as stack:
        found = stack.enter_context(server("" if database == "sqlite" else database, folder))
        database_pid = _place_server(folder, database)
        prepare(folder / "data")
        env = settings_for(folder / "data") | found | _surroundings(targets)
        _make_ready(env)
        core_end, probe_end = map(stack.enter_context, make_pair())
        spool = folder / "spool"
        words = {
            "probe": ["probe", "--fd", str(probe_end.fileno()), "--spool", str(spool)],
            "engine": ["engine"],
        }
        started = {
            name: stack.enter_context(
                _running(
                    [*COMMAND, *words[name]],
                    folder / f"{name}.log",
                    env=env | more,
                    keeps=end_of_pipe.fileno(),
                    cores=cores,
                )
            )
            for name, end_of_pipe, more in (
                ("probe", probe_end, _believing(targets, folder / "authorities", env)),
                ("engine", core_end, {FD_VARIABLE: str(core_end.fileno())}),
            )
        }
        yield Pair(database, started["engine"], started["probe"], database_pid, env)


def _place_server(folder: Path, database: str) -> int:
    """Give PostgreSQL the other core, and return its process id; 0 for SQLite."""
    if database == "sqlite":
        return 0
    (file,) = folder.glob(f"{database}-*/data/postmaster.pid")
    pid = int(file.read_text().split()[0])
    os.sched_setaffinity(pid, {CLIENT_CORE})
    return pid


def _make_ready(env: Mapping[str, str]) -> None:
    words = ["--project", "Benchmark", "--slug", "benchmark", "--name", "Donald Duck"]
    command = [*COMMAND, "bootstrap", *words, "--email", "donald@acme.example"]
    made = subprocess.run(command, env=dict(env), capture_output=True, text=True, check=False)
    if made.returncode:
        raise SystemExit(f"No database could be made: {made.stdout}{made.stderr}")


def _surroundings(targets: Targets) -> dict[str, str]:
    return {
        "PINGPONG_ALLOW_PRIVATE_TARGETS": "127.0.0.0/8",
        "PINGPONG_LOCAL_LOCATIONS": "all",
        # Its looks at the network stay on this machine, too.
        "PINGPONG_PROBE_CANARIES": targets.plain.removeprefix("http://").rstrip("/"),
    }


def _believing(targets: Targets, folder: Path, env: Mapping[str, str]) -> dict[str, str]:
    """Put the target's authority in the place of those that a probe believes: certifi's."""
    folder.mkdir()
    (folder / "certifi.py").write_text(f"def where():\n    return {str(targets.authority)!r}\n")
    return {"PYTHONPATH": f"{folder}:{env.get('PYTHONPATH', '')}"}


@contextmanager
def _running(
    command: Sequence[str], log: Path, *, env: Mapping[str, str], keeps: int, cores: set[int]
) -> Iterator[int]:
    """Run one of both, from its word that it has started until the end of the block."""
    starter, sign = os.getpid(), f"{log.stem}_started"

    def prepare() -> None:
        os.sched_setaffinity(0, cores)
        die_with_parent(starter)

    with log.open("wb") as sink:
        process = subprocess.Popen(
            command,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=[keeps],
            preexec_fn=prepare,  # noqa: PLW1509 -- the benchmark has one thread
        )
    try:
        deadline = time.monotonic() + _READY_WITHIN_S
        while sign not in log.read_text():
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{command!r} did not start:\n{log.read_text()[-4000:]}")
            time.sleep(0.1)
        yield process.pid
    finally:
        end(process)
