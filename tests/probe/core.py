"""The core's side of a pipe, for a probe that runs as a process of its own."""

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

from pingpong.probe.contract import (
    Assignment,
    Batch,
    Check,
    Outcome,
    Outcomes,
    Receipt,
    Report,
    encode,
    read_from_probe,
)

PATIENCE_S = 30
_PROGRAM = """
import sys
from pathlib import Path
from pingpong.probe.local import run_local
fd, spool, canaries = sys.argv[1:]
sys.exit(run_local(fd=int(fd), locations=["US West"], spool=Path(spool),
                   allow="127.0.0.0/8", canaries=canaries))
"""


@dataclass
class Core:
    """Its end of the pipe, the probe's process, and what the probe said."""

    end: socket.socket
    probe_end: socket.socket
    spool: Path
    canaries: str = ""
    gives_receipts: bool = True
    reports: list[Report] = field(default_factory=list)
    messages: list[Outcomes] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(self.probe_end.fileno()), str(self.spool),
             self.canaries],
            pass_fds=[self.probe_end.fileno()],
            env={"PATH": os.environ["PATH"], "PINGPONG_LOG_FORMAT": "json"},
        )  # fmt: skip

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(PATIENCE_S)

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S)

    def send(self, checks: Sequence[Check], *, first: int = 1, slot: int = 0) -> int:
        slot = slot or int(time.time()) - 2
        assignments = [Assignment(first + n, slot, check) for n, check in enumerate(checks)]
        self.end.send(encode(Batch(f"b{first}", "US West", time.time(), assignments)))
        return slot

    def listen(self, number: int, *, within_s: float = PATIENCE_S) -> list[Outcome]:
        """Take in until this many different checks have an outcome, and return all outcomes."""
        deadline = time.monotonic() + within_s
        while len({(one.watch, one.slot) for one in self.outcomes()}) < number:
            left_s = deadline - time.monotonic()
            assert left_s > 0, f"{len(self.outcomes())} of {number} outcomes came"
            self.take(left_s)
        return self.outcomes()

    def take(self, within_s: float) -> None:
        self.end.settimeout(within_s)
        try:
            message = read_from_probe(self.end.recv(256 * 1024))
        except TimeoutError:
            return
        if isinstance(message, Report):
            self.reports.append(message)
            return
        self.messages.append(message)
        if self.gives_receipts:
            self.end.send(encode(Receipt([message.id])))

    def outcomes(self) -> list[Outcome]:
        return [outcome for message in self.messages for outcome in message.outcomes]


@contextmanager
def core(folder: Path, *, canaries: str = "", gives_receipts: bool = True) -> Iterator[Core]:
    end, probe_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    one = Core(end, probe_end, folder / "spool", canaries, gives_receipts)
    one.start()
    try:
        yield one
    finally:
        if one.process is not None and one.process.poll() is None:
            one.kill()
        end.close()
        probe_end.close()
