"""A probe from its start to its end: the runner here, the courier beside it."""

import gc
import signal
import time
from pathlib import Path
from types import FrameType

import structlog

from pingpong.kit.egress import AllowList, Gate, Resolver, TargetInvalidError

from .courier import Courier, Sender
from .runner import Limits, Runner
from .spool import Spool, SpoolBusyError
from .transport import Transport
from .witness import look_for

FINISHED_WITHIN_S = 3.0
_LOOKED_EVERY_S = 0.5
_LOOKED_AT_LAST_EVERY_S = 0.05
_COLLECTED_AFTER = 50_000

log = structlog.get_logger(__name__)


def run_probe(
    sender: Sender, transport: Transport, *, spool: Path, allow: str, canaries: str
) -> int:
    """Work until SIGTERM, SIGINT or the core's end; return the exit code."""
    try:
        gate = Gate(AllowList.parse(allow))
        look_for(canaries)
        courier = Courier(sender, transport, Spool(spool))
    except (SpoolBusyError, TargetInvalidError, ValueError) as problem:
        log.error("probe_not_started", reason=str(problem))  # noqa: TRY400 -- one sentence
        return 1
    runner = Runner(gate, Resolver(), courier.hear, Limits(canaries=canaries))
    ending = _Ending(runner, courier)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ending.begin)
    log.info("probe_started", agent=sender.agent, locations=sender.locations)
    courier.start(runner)
    runner.loop.call(ending.look)
    # What is there now stays; what a check makes goes without the collector's help.
    gc.freeze()
    gc.set_threshold(_COLLECTED_AFTER)
    runner.run()
    courier.close()
    log.info("probe_stopped", agent=sender.agent)
    return 0


class _Ending:
    """Takes nothing new, and gives what is under way a moment."""

    def __init__(self, runner: Runner, courier: Courier) -> None:
        self._runner = runner
        self._courier = courier
        self._ends_at: float | None = None

    def begin(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        if self._ends_at is None:
            self._ends_at = time.monotonic() + FINISHED_WITHIN_S
            self._courier.stop_taking()
            self._runner.loop.call(self._runner.drop_unbegun)
            # Not at once: what the core has said already is to be read first.
            loop = self._runner.loop
            loop.call(loop.at, time.monotonic() + _LOOKED_AT_LAST_EVERY_S, self.look)

    def look(self) -> None:
        """Stop the runner when it is time."""
        if self._courier.is_gone.is_set():
            self.begin()
        now = time.monotonic()
        if self._ends_at is not None and (not self._runner.in_flight or now >= self._ends_at):
            self._runner.loop.stop()
            return
        pause_s = _LOOKED_EVERY_S if self._ends_at is None else _LOOKED_AT_LAST_EVERY_S
        self._runner.loop.at(now + pause_s, self.look)
