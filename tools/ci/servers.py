"""Real servers for the tests, each in a folder of its own, gone when the stage is over."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from .packages import postgresql_tool
from .problem import CiError

READY_WITHIN_S = 30
STOPPED_WITHIN_S = 10


@contextmanager
def server(name: str, folder: Path) -> Iterator[dict[str, str]]:
    """Run the named servers, parted by "+"; give the variables that lead to them."""
    with ExitStack() as stack:
        found = {}
        for one in filter(None, name.split("+")):
            variable, run = _SERVERS[one]
            # Several stages may run the same server, each in a folder of its own.
            place = Path(tempfile.mkdtemp(prefix=f"{one}-", dir=folder))
            found[variable] = stack.enter_context(run(place))
        yield found


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    """Run a server that nobody else can reach: it listens on a socket in its own folder."""
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    shutil.chown(folder, user)
    data = str(folder / "data")
    make = [_tool("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    made = subprocess.run(make, user=user, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode:
        raise CiError(f"PostgreSQL's initdb failed: {made.stderr.strip() or made.stdout.strip()}")
    quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
    options = [word for setting in ["listen_addresses=", *quick] for word in ("-c", setting)]
    command = [_tool("postgres"), "-D", data, "-k", str(folder), *options]
    is_ready = [_tool("pg_isready"), "-q", "-h", str(folder)]
    with _running(command, folder / "log", user=user) as process:
        _wait(process, lambda: subprocess.run(is_ready, check=False).returncode == 0, "PostgreSQL")
        yield f"postgres://postgres@/{folder}/postgres"
    shutil.rmtree(data)  # what is kept of a failed run is its log


def _tool(name: str) -> str:
    path = postgresql_tool(name)
    if path is None:
        raise CiError(f"PostgreSQL's {name} is not on this machine.")
    return path


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    port = _free_port()
    command = [
        *("redis-server", "--bind", "127.0.0.1", "--port", str(port)),
        *("--save", "", "--appendonly", "no", "--dir", str(folder)),
    ]
    with _running(command, folder / "log") as process:
        _wait(process, lambda: _answers(port), "Redis")
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _running(
    command: Sequence[str], log: Path, *, user: str | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    # It ends with this process, however this process ends.
    leash = [tool, "--pdeathsig", "INT"] if (tool := shutil.which("setpriv")) else []
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*leash, *command],
            user=user,
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)  # PostgreSQL's "fast": it does not wait for its clients
        try:
            process.wait(STOPPED_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], is_ready: Callable[[], bool], name: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not is_ready():
        if process.poll() is not None:
            raise CiError(f"{name} ended at its start with code {process.returncode}.")
        if time.monotonic() > deadline:
            raise CiError(f"{name} was not ready within {READY_WITHIN_S} s.")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(5) == b"+PONG"
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


_SERVERS: Mapping[str, tuple[str, Callable[[Path], AbstractContextManager[str]]]] = {
    "postgresql": ("DATABASE_URL", _postgresql),
    "redis": ("BROKER_URL", _redis),
}
