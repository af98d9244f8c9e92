"""The pipe to the probe of this machine: packets of one message each, in both directions.

Both ends are made by the supervisor and stay open in it, so that either side may die and come
back; what was on the way is sent again or claimed again.
"""

import os
import select
import socket
import threading
import time
from contextlib import suppress

import structlog
from django.db import close_old_connections

from pingpong.kit.clock import utc_now
from pingpong.probe.contract import Batch, Receipt, encode

from .probe_door import NotStoredError, take_message
from .probe_wire import FD_VARIABLE, LARGEST_PACKET

log = structlog.get_logger(__name__)

# How long a batch may wait for a probe that does not read.
_PATIENCE_S = 0.5
_PAUSE_S = 0.5
_LOOKS_EVERY_MS = 500


class ProbePipe:
    """An outlet for the locations that this machine looks from, and a thread that takes in."""

    def __init__(self, end: socket.socket, locations: frozenset[str]) -> None:
        # Never blocking: a send waits no longer than it says, whoever listens meanwhile.
        end.setblocking(False)
        self._end = end
        self._locations = locations
        self._stop = threading.Event()
        self._is_away = False

    @classmethod
    def inherited(cls, locations: frozenset[str]) -> "ProbePipe | None":
        """Take the end that the supervisor left for this process, if it did."""
        number = os.environ.get(FD_VARIABLE, "")
        return cls(socket.socket(fileno=int(number)), locations) if number.isdecimal() else None

    def serves(self, location: str) -> bool:
        return location in self._locations

    def send(self, batch: Batch) -> None:
        """Hand a batch over; one that finds no room in time is left to be claimed again."""
        packet = encode(batch)
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            try:
                self._end.send(packet)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    self._tell_away()
                    return
                time.sleep(0.02)
            except OSError as problem:
                log.warning("batch_not_sent", location=batch.location, problem=problem.strerror)
                return
            else:
                self._is_away = False
                return

    def start(self) -> threading.Thread:
        """Take in what the probe says, on a thread of its own."""
        thread = threading.Thread(target=self._listen, name="probe-pipe", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        self._stop.set()

    def _listen(self) -> None:
        waiting = select.poll()
        waiting.register(self._end, select.POLLIN)
        while not self._stop.is_set():
            if not waiting.poll(_LOOKS_EVERY_MS):
                continue
            try:
                packet = self._end.recv(LARGEST_PACKET)
            except BlockingIOError:
                continue
            except OSError as problem:
                log.warning("probe_pipe_broken", problem=problem.strerror)
                return
            if packet:
                self._take(packet)

    def _take(self, packet: bytes) -> None:
        """Store, then say so: without a receipt the probe sends it again."""
        close_old_connections()
        try:
            taken = take_message(packet, now=utc_now())
        except NotStoredError as problem:
            log.warning("outcomes_not_stored", problem=str(problem))
            self._stop.wait(_PAUSE_S)
        except Exception:
            log.exception("outcomes_not_taken")
        else:
            if taken is not None:
                with suppress(OSError):  # without a receipt it comes again
                    self._end.send(encode(Receipt([taken])))
        finally:
            close_old_connections()

    def _tell_away(self) -> None:
        if not self._is_away:
            self._is_away = True
            log.warning("probe_does_not_read")
