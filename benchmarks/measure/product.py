"""The product, started as a person starts it, in a folder that is thrown away."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .processes import command_of, family
from .servers import Server, environment, free_port, running

COMMAND = [sys.executable, "-m", "pingpong.runtime.cli"]
# Here the server is to be measured, not to refuse.
UNLIMITED = str(10**9)


def settings_for(data_dir: Path) -> dict[str, str]:
    return environment(PINGPONG_DATA_DIR=str(data_dir), PINGPONG_RATE_LIMIT=UNLIMITED)


@contextmanager
def demo(folder: Path) -> Iterator[Server]:
    """Run `pingpong up --demo`; ready when its page is served."""
    port = free_port()
    command = [*COMMAND, "up", "--demo", "--port", str(port)]
    env = settings_for(folder / "data")
    log = folder / "product.log"
    with running(command, port=port, ready_path="/s/acme/", log=log, env=env) as server:
        yield server


@contextmanager
def web(data_dir: Path) -> Iterator[Server]:
    """Run `pingpong web` alone, on a folder that :func:`bootstrap` has prepared."""
    port = free_port()
    command = [*COMMAND, "web", "--port", str(port)]
    env = settings_for(data_dir)
    log = data_dir.with_suffix(".log")
    with running(command, port=port, ready_path="/healthz", log=log, env=env) as server:
        yield server


def bootstrap(data_dir: Path) -> str:
    """Make a project; return its token."""
    words = ["--project", "Benchmark", "--slug", "benchmark", "--name", "Donald Duck"]
    command = [*COMMAND, "bootstrap", "--json", *words, "--email", "donald@acme.example"]
    env = settings_for(data_dir)
    told = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if told.returncode:
        raise SystemExit(f"No project could be made: {told.stderr}")
    return str(json.loads(told.stdout)["token"])


def part(server: Server, name: str) -> int:
    """Return the process id of `web` or `engine` below a running `up`."""
    for process in family(server.pid):
        if f" {name}" in command_of(process.pid) and process.parent == server.pid:
            return process.pid
    raise SystemExit(f"No process {name!r} is running below {server.pid}.")
