"""The whole product, started as a person starts it, in a folder of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[2]
OWNER = "owner@localhost.example"
READY_WITHIN_S = 120
STOPPED_WITHIN_S = 10


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def clean_environment(**more: str) -> dict[str, str]:
    """Return what a new terminal has: nothing of ours, nothing of pytest's."""
    ours = ("PINGPONG_", "DATABASE_URL", "BROKER_URL", "DJANGO_", "PYTEST_", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | more


@dataclass
class Answer:
    status: int
    text: str
    headers: dict[str, str]

    @property
    def body(self) -> Any:
        return json.loads(self.text)


def _answer(status: int, response: Any) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(status, response.read().decode(errors="replace"), headers)


@dataclass
class Product:
    """One running `bin/up`."""

    process: subprocess.Popen[str]
    port: int
    data_dir: Path
    log: Path
    token: str = field(default="", repr=False)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def output(self) -> str:
        return self.log.read_text()

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.address + path, data=data, method=method)
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", f"Token {self.token}")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urlopen(request, timeout=10) as response:
                return _answer(response.status, response)
        except HTTPError as refusal:
            return _answer(refusal.code, refusal)

    def api(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        return self.ask(method, f"/rest/v1{path}", body, **headers)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `pingpong ...` beside the running server."""
        return subprocess.run(
            [str(ROOT / ".venv/bin/pingpong"), *words, "--data", str(self.data_dir)],
            env=clean_environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def bootstrap(self) -> None:
        """Make an owner and the project `status`, and act with its token from now on."""
        words = ["--project", "My status page", "--slug", "status", "--json"]
        done = self.command("bootstrap", *words, "--email", OWNER, "--name", "Owner")
        assert done.returncode == 0, done.stderr
        self.token = json.loads(done.stdout)["token"]
        eventually(
            lambda: is_answering(self, "/s/status/"), within_s=20, what="its page is rendered"
        )

    def stop(self) -> float:
        """Send SIGTERM; return the seconds until the end."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(STOPPED_WITHIN_S)
        return time.monotonic() - begun


def eventually(claim: Callable[[], bool], *, within_s: float, what: str) -> None:
    """Wait for something that has to come true."""
    end = time.monotonic() + within_s
    while not claim():
        assert time.monotonic() < end, f"Not within {within_s} s: {what}"
        time.sleep(0.05)


def is_answering(product: Product, path: str = "/readyz") -> bool:
    try:
        return product.ask("GET", path).status == 200
    except OSError:
        return False


@contextmanager
def running(
    data_dir: Path,
    *options: str,
    port: int | None = None,
    path: str = "/readyz",
    settings: Mapping[str, str] | None = None,
) -> Iterator[Product]:
    """Start `bin/up` and wait until `path` answers 200; stop it in the end.

    `settings` are variables of its environment.
    """
    port = port or free_port()
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    log = data_dir.parent / f"up-{port}-{time.monotonic_ns()}.log"
    with log.open("w") as sink:
        process = subprocess.Popen(
            [str(ROOT / "bin/up"), "--port", str(port), "--data", str(data_dir), *options],
            env=clean_environment(**(settings or {})),
            stdout=sink,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            cwd="/",
        )
    product = Product(process, port, data_dir, log)
    try:
        eventually(
            lambda: is_answering(product, path) or process.poll() is not None,
            within_s=READY_WITHIN_S,
            what=f"bin/up is ready\n{product.output()}",
        )
        assert process.poll() is None, product.output()
        yield product
    finally:
        if process.poll() is None:
            product.stop()


def children_of(pid: int) -> dict[int, str]:
    """Return the living children of a process, with their command lines."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
            command = (stat.parent / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue  # it ended while we looked
        if parent == pid:
            found[int(stat.parent.name)] = command
    return found


def token_in(output: str) -> str:
    """Find the token that the first start prints."""
    found = re.search(r"\b[0-9a-f]{40,}\b", output)
    assert found is not None, output
    return found.group()


def setup_codes_in(output: str, address: str) -> list[str]:
    """Find the codes in the setup links that a start printed, each printed by itself as well."""
    found = re.findall(re.escape(f"{address}/dashboard/setup/#code=") + r"(\S+)", output)
    assert re.findall(r"^code +(\S+)$", output, re.MULTILINE) == found
    return found
