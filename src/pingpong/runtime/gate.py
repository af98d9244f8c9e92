"""A bound on what may be inside Django, so that stored pages always find a free thread.

Every request that is not a stored page passes here. At most `threads - RESERVED` are inside at
once, the rest of the server's threads stay with the stored pages; of those inside, some run and
the others wait a short while for their turn. More is told to come again.

Few threads serve stored pages fastest, for they fight less over Python's lock, but make a small
waiting room. So a short burst may borrow the reserved threads as long as Django answers: a page
waits less than half a second then, and nobody is sent away (docs/adr/0010).
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .bodies import BUSY, Bodies, Refusal

RESERVED = 2
AT_ONCE = 8
PATIENCE_S = 1.0
# A burst is over when the waiting room was not full for a second; a longer one is a flood.
BURST_S = 2.0
BURST_OVER_AFTER_S = 1.0
BORROWED_FOR_S = 0.4
ANSWERS_WITHIN_S = 0.2
HEALTH = ("/healthz", "/readyz")

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class Gate:
    """A WSGI application around Django; `threads` is how many the server has."""

    def __init__(
        self,
        application: Application,
        *,
        threads: int,
        at_once: int = AT_ONCE,
        patience_s: float = PATIENCE_S,
    ) -> None:
        inside = max(1, threads - RESERVED)
        self._application = application
        self._patience_s = patience_s
        self._places = threading.BoundedSemaphore(inside)
        self._turns = threading.BoundedSemaphore(min(at_once, inside))
        self._burst = Burst()
        self._bodies = Bodies(at_once=max(1, inside // 2), patience_s=patience_s)
        self._health = threading.BoundedSemaphore()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] in HEALTH:
            return self._tell_health(environ, start_response)
        if not self._take_place():
            return _refuse(start_response, BUSY)
        try:
            answer = self._take_turn(environ, start_response)
        except BaseException:
            self._places.release()
            raise
        if getattr(answer, "streaming", False):
            return _Stream(answer, on_close=self._places.release)
        try:
            return _whole(answer)
        finally:
            self._places.release()

    def _tell_health(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer beside the gate: a busy server must not look dead. One at a time may wait."""
        if not self._health.acquire(timeout=self._patience_s):
            return _refuse(start_response, BUSY)
        try:
            return _whole(self._application(environ, start_response))
        finally:
            self._health.release()

    def _take_place(self) -> bool:
        if self._places.acquire(blocking=False):
            return True
        return self._burst.may_wait(time.monotonic()) and self._places.acquire(
            timeout=BORROWED_FOR_S
        )

    def _take_turn(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        refusal = self._bodies.read_ahead(environ)
        if refusal is not None:
            return _refuse(start_response, refusal)
        if not self._turns.acquire(timeout=self._patience_s):
            return _refuse(start_response, BUSY)
        try:
            return self._application(environ, start_response)
        finally:
            self._burst.answered_at = time.monotonic()
            self._turns.release()


class Burst:
    """Whether a full waiting room is a short burst before a Django that answers.

    Its fields are written by many threads without a lock: a lost write moves a limit by one
    request.
    """

    def __init__(self) -> None:
        self.answered_at = float("-inf")
        self._began_at = 0.0
        self._last_full_at = float("-inf")

    def may_wait(self, now: float) -> bool:
        """Note that the room is full at `now` (monotonic seconds); True while waiting is fine."""
        if now - self._last_full_at > BURST_OVER_AFTER_S:
            self._began_at = now
        self._last_full_at = now
        # Before an idle server the first answer is due soon after the beginning.
        last_sign_at = max(self.answered_at, self._began_at)
        return now - self._began_at < BURST_S and now - last_sign_at < ANSWERS_WITHIN_S


class _Stream:
    """A streamed answer; its place is free again when the server closes it."""

    def __init__(self, answer: Iterable[bytes], *, on_close: Callable[[], None]) -> None:
        self._answer = answer
        self._on_close: Callable[[], None] | None = on_close

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer)

    def close(self) -> None:
        on_close, self._on_close = self._on_close, None
        try:
            _close(self._answer)
        finally:
            if on_close is not None:
                on_close()


def _refuse(start_response: Any, refusal: Refusal) -> list[bytes]:
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(refusal.body))),
        ("Cache-Control", "no-store"),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", "Retry-After"),
    ]
    if refusal is BUSY:
        headers.append(("Retry-After", "1"))
    start_response(refusal.status, headers)
    return [refusal.body]


def _whole(answer: Iterable[bytes]) -> list[bytes]:
    """Take an answer that is already in memory out of its response, and close that."""
    try:
        return list(answer)
    finally:
        _close(answer)


def _close(answer: object) -> None:
    close = getattr(answer, "close", None)
    if close is not None:
        close()
