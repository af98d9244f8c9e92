"""Programs of the lab: Python modules that run inside a namespace and talk JSON."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
READY = "ready"
_LONGEST_S = 120


class Running:
    """A program that was started: it ends when its input ends, and then says what it saw."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def finish(self) -> Any:
        """End it and return its answer."""
        output, _ = self._process.communicate(timeout=_LONGEST_S)
        if self._process.returncode:
            raise RuntimeError(f"A program of the lab ended with {self._process.returncode}.")
        return _answer_in(output)

    def ask(self) -> Any:
        """Have it take its next step and return what that gave."""
        self.begin()
        return self.hear()

    def begin(self) -> None:
        """Have it take its next step."""
        print(file=_pipe(self._process.stdin), flush=True)

    def hear(self) -> Any:
        """Return what the step gave that was begun."""
        while line := _pipe(self._process.stdout).readline():
            if line.startswith("["):
                return json.loads(line)
        raise RuntimeError("A program of the lab ended early.")

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()


@contextmanager
def running(space: str, module: str, payload: Any = None) -> Iterator[Running]:
    """Start a program that says `ready`; it is killed at the end unless it was finished."""
    process = _start(space, module)
    program = Running(process)
    try:
        print(json.dumps(payload), file=_pipe(process.stdin), flush=True)
        said = _pipe(process.stdout).readline().strip()
        if said != READY:
            raise RuntimeError(f"{module} said {said!r}.")
        yield program
    finally:
        program.kill()


def run(space: str, module: str, payload: Any = None) -> Any:
    """Run a program to its end and return its answer."""
    process = _start(space, module)
    try:
        output, _ = process.communicate(json.dumps(payload) + "\n", timeout=_LONGEST_S)
    finally:
        process.kill()
        process.wait()
    if process.returncode:
        raise RuntimeError(f"{module} ended with {process.returncode}: {output}")
    return _answer_in(output)


def read_payload() -> Any:
    """Inside a program: return what it was started with."""
    return json.loads(sys.stdin.readline())


def be_ready_until_the_end() -> None:
    """Inside a program: say so, and wait until the one who started it is gone or has enough."""
    _say(READY)
    sys.stdin.read()


def steps() -> Iterator[None]:
    """Inside a program: say that it is ready, and take a step whenever that is asked."""
    _say(READY)
    for _ in sys.stdin:
        yield


def answer(value: Any) -> None:
    """Inside a program: give the answer, of a step or as the last thing."""
    _say(json.dumps(value))


def _start(space: str, module: str) -> "subprocess.Popen[str]":
    path = os.pathsep.join((str(ROOT / "tests"), str(ROOT / "src")))
    return subprocess.Popen(
        ["ip", "netns", "exec", space, sys.executable, "-m", module],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _answer_in(output: str) -> Any:
    """Read the last line: what is above it was logged."""
    return json.loads(output.splitlines()[-1])


def _pipe(pipe: "IO[str] | None") -> "IO[str]":
    if pipe is None:
        raise RuntimeError("The program has no pipe.")
    return pipe
