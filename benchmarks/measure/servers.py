"""Starting what is measured, on a core of its own, and ending it again."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pingpong.runtime.child import die_with_parent

HOST = "127.0.0.1"
SERVERS_CORE = 0
CLIENT_CORE = 1
_READY_WITHIN_S = 60.0
_STOPPED_WITHIN_S = 12.0


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Server:
    """A running command and the port that it listens on."""

    pid: int
    port: int

    def url(self, path: str) -> str:
        return f"http://{HOST}:{self.port}{path}"

    def ask(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """GET a path; header names of the answer are in lower case."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "", **(headers or {})})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()


def free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def environment(**more: str) -> dict[str, str]:
    """Return what a new terminal has, without settings of the product."""
    ours = ("PINGPONG_", "DATABASE_URL", "BROKER_URL", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | more


@contextmanager
def running(
    command: Sequence[str], *, port: int, ready_path: str, log: Path, env: Mapping[str, str]
) -> Iterator[Server]:
    """Run a server on the servers' core, from its first good answer until the end of the block."""
    starter = os.getpid()

    def prepare() -> None:
        os.sched_setaffinity(0, {SERVERS_CORE})
        die_with_parent(starter)

    with log.open("wb") as sink:
        process = subprocess.Popen(
            command,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=prepare,  # noqa: PLW1509 -- the benchmark has one thread
        )
    server = Server(process.pid, port)
    try:
        _wait(process, server, ready_path, log)
        yield server
    finally:
        end(process)


def _wait(process: subprocess.Popen[bytes], server: Server, path: str, log: Path) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError, http.client.HTTPException):
            if server.ask(path).status == http.HTTPStatus.OK:
                return
        time.sleep(0.1)
    raise SystemExit(f"{process.args!r} did not become ready:\n{log.read_text()[-4000:]}")


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_STOPPED_WITHIN_S)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
