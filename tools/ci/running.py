"""Running one stage: output into a file, progress on the screen, an end in any case."""

import contextlib
import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .screen import Screen
from .servers import server
from .stages import Stage

# A stage that takes this many times its budget hangs.
PATIENCE = 3
LOOKS_EVERY_S = 0.5
_PERCENT = re.compile(r"\[\s*(\d+)%\]")


@dataclass(frozen=True)
class Outcome:
    stage: Stage
    seconds: float
    problem: str
    log: Path

    @property
    def is_late(self) -> bool:
        return self.seconds > self.stage.budget_s


def run(stage: Stage, *, folder: Path, environment: Mapping[str, str], screen: Screen) -> Outcome:
    """Run a stage to its end; `problem` says why it failed and is empty when it did not."""
    log = folder / f"{stage.name}.log"
    started = time.monotonic()
    problem = ""
    with server(stage.server, folder) as leading, log.open("wb") as output:
        for command in stage.commands:
            rest = stage.budget_s * PATIENCE - (time.monotonic() - started)
            process = subprocess.Popen(
                command,
                env={**environment, **leading},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            problem = _watch(process, rest, log=log, screen=screen)
            if problem:
                problem = f"{' '.join(command[:3])} {problem}"
                break
    return Outcome(stage, time.monotonic() - started, problem, log)


def _watch(
    process: subprocess.Popen[bytes], patience_s: float, *, log: Path, screen: Screen
) -> str:
    deadline = time.monotonic() + patience_s
    try:
        while time.monotonic() < deadline:
            try:
                code = process.wait(LOOKS_EVERY_S)
            except subprocess.TimeoutExpired:
                screen.pulse(_progress(log))
                continue
            return f"ended with code {code}" if code else ""
    except BaseException:
        _end(process)
        raise
    _end(process)
    return f"was stopped after {PATIENCE} times the stage's budget"


def _progress(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 2000))
        found = _PERCENT.findall(file.read().decode(errors="replace"))
    return f"{found[-1]} %" if found else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask first: pytest on an interrupt ends what its fixtures have started."""
    for number, patience_s in ((signal.SIGINT, 20), (signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        _tell_group(process, number)
        try:
            process.wait(patience_s)
        except subprocess.TimeoutExpired:
            continue
        break
    time.sleep(LOOKS_EVERY_S)  # its children were asked too
    _tell_group(process, signal.SIGKILL)


def _tell_group(process: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
