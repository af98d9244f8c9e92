"""An agent as a process of its own, and the core's side of a broker."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kombu import Connection, Exchange, Queue

from pingpong.probe.contract import (
    Assignment,
    Batch,
    Check,
    Outcome,
    Outcomes,
    Report,
    encode,
    queue_of,
    read_from_probe,
)

PATIENCE_S = 40
_PROGRAM = """
import sys
from pathlib import Path
from pingpong.probe import queue_consumer
from pingpong.probe.agent import run_agent
queue_consumer.VISIBLE_AFTER_S = 5  # the usual 30 s would only be waited for
broker, spool, name, location = sys.argv[1:]
sys.exit(run_agent(locations=[location], broker_url=broker, spool=Path(spool), name=name,
                   vantage="here", allow="127.0.0.0/8", canaries=""))
"""


@dataclass
class Agent:
    """`python` may be that of another environment; `log` is what it wrote."""

    broker_url: str
    folder: Path
    location: str
    name: str = "a1"
    python: str = sys.executable
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [self.python, "-c", _PROGRAM, self.broker_url, str(self.spool), self.name,
                 self.location],
                env={"PATH": os.environ["PATH"], "PINGPONG_LOG_FORMAT": "json", **self.environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )  # fmt: skip

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    @property
    def spool(self) -> Path:
        return self.folder / f"{self.name}.spool"

    def events(self) -> list[str]:
        return [json.loads(line)["event"] for line in self.log.read_text().splitlines()]

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(PATIENCE_S)

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S)


@contextmanager
def agent(
    broker_url: str,
    folder: Path,
    location: str,
    *,
    name: str = "a1",
    python: str = sys.executable,
    environment: dict[str, str] | None = None,
) -> Iterator[Agent]:
    one = Agent(broker_url, folder, location, name, python, environment or {})
    one.start()
    try:
        yield one
    finally:
        if one.process is not None and one.process.poll() is None:
            one.kill()


@dataclass
class FarCore:
    """Sends batches to a location's queue, and takes in what agents send to the core."""

    broker_url: str
    location: str
    reports: list[Report] = field(default_factory=list)
    messages: list[Outcomes] = field(default_factory=list)

    def send(self, checks: Sequence[Check], *, first: int = 1, sent_at: float | None = None) -> int:
        sent_at = time.time() if sent_at is None else sent_at
        slot = int(sent_at) - 2
        assignments = [Assignment(first + n, slot, check) for n, check in enumerate(checks)]
        batch = Batch(f"b{first}", self.location, sent_at, assignments)
        name = queue_of(self.location)
        with Connection(self.broker_url) as connection, connection.Producer() as producer:
            producer.publish(
                encode(batch).decode(),
                exchange="",
                routing_key=name,
                declare=[Queue(name, Exchange(""), routing_key=name, durable=True)],
                serializer=None,
                content_type="application/json",
                content_encoding="utf-8",
            )
        return slot

    def listen(self, number: int, *, within_s: float = PATIENCE_S) -> list[Outcome]:
        """Take in until this many outcomes came, or until time is up."""
        deadline = time.monotonic() + within_s
        while len(self.outcomes()) < number and time.monotonic() < deadline:
            self.take()
        return self.outcomes()

    def hear_report(self, *, within_s: float = PATIENCE_S) -> Report:
        deadline = time.monotonic() + within_s
        while not self.reports:
            assert time.monotonic() < deadline, "no report came"
            self.take()
        return self.reports[-1]

    def take(self) -> None:
        """Take in one message of an agent to this location, or wait a little for it."""
        with Connection(self.broker_url) as connection:
            queue = connection.SimpleQueue("pingpong.outcomes")
            try:
                message = queue.get(timeout=0.3)
            except queue.Empty:
                return
            message.ack()
            assert message.headers["task"] == "pingpong.take"
            (text,), _, _ = message.payload
            self._hear(read_from_probe(text))

    def outcomes(self) -> list[Outcome]:
        return [outcome for message in self.messages for outcome in message.outcomes]

    def _hear(self, message: Report | Outcomes) -> None:
        if isinstance(message, Report):
            if self.location in message.locations:
                self.reports.append(message)
        elif message.location == self.location:
            self.messages.append(message)


class OwnRedis:
    """A server of the test's own, which it may kill and start again at the same port."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port: int = one.getsockname()[1]
        self._folder = folder
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--dir",
             str(self._folder), "--save", "", "--appendonly", "yes", "--appendfsync", "always"],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as one:
                    one.sendall(b"PING\r\n")
                    if one.recv(5) == b"+PONG":
                        return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("Redis did not start.")

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE_S)
            self._process = None
