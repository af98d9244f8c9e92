"""Celery's broker in memory without its polling: who consumes sleeps until something comes."""

import os
import select
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, memory

# One reader: a process has one worker.
_bell_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
_bell = select.poll()
_bell.register(_bell_fd, select.POLLIN)


def install() -> None:
    """Let `memory://` be this broker."""
    TRANSPORT_ALIASES["memory"] = f"{__name__}:Transport"


def ring() -> None:
    """Wake who consumes; any thread may, and a signal's handler."""
    os.eventfd_write(_bell_fd, 1)


class _Channel(memory.Channel):
    """Rings for a message, and for room where there was none."""

    def _put(self, queue: str, message: Any, **options: Any) -> None:
        super()._put(queue, message, **options)  # type: ignore[no-untyped-call] # kombu's
        ring()

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        was_full = not self.qos.can_consume()
        super().basic_ack(delivery_tag, multiple)  # type: ignore[no-untyped-call] # kombu's
        if was_full:
            ring()

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        super().basic_reject(delivery_tag, requeue)  # type: ignore[no-untyped-call] # kombu's
        ring()


class Transport(memory.Transport):
    """Hears the bell."""

    Channel = _Channel

    def drain_events(self, connection: Any, timeout: float | None = None, **_: Any) -> None:  # noqa: ARG002 -- kombu's signature
        """Deliver one message; raises TimeoutError when none came in time, or at a mere ring."""
        cycle: Any = self.cycle
        while True:
            try:
                cycle.get(self._deliver, timeout=timeout)
            except Empty:
                if not _wait(timeout):
                    raise TimeoutError from None
                timeout = 0.0
            else:
                return


def _wait(timeout_s: float | None) -> bool:
    if not _bell.poll(None if timeout_s is None else timeout_s * 1000):
        return False
    # Before the queues are looked at: what comes later rings again.
    os.eventfd_read(_bell_fd)
    return True
