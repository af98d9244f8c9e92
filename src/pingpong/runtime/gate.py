"""A bound on what may be inside Django, so that stored pages always find a free thread.

Every request that is not a stored page passes here. At most `threads - RESERVED` are inside at
once, the rest of the server's threads stay with the stored pages; of those inside, a dozen run and
the others wait a short while for their turn. More is told to come again.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any, Protocol

RESERVED = 2
AT_ONCE = 12
PATIENCE_S = 1.0
# A little more than any body that is accepted: up to here it is read before a turn begins, so that
# a slow sender holds none.
BODY_READ_AHEAD = 1088 * 1024

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

_BUSY = b'{"detail":"The server is busy. Try again in a second."}'
_INCOMPLETE = b'{"detail":"The request ended before its body did."}'


class Closable(Protocol):
    def close(self) -> None: ...


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

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/healthz":
            # Touches nothing that can hang, and must not look dead because the rest is busy.
            return _whole(self._application(environ, start_response))
        if not self._places.acquire(blocking=False):
            return _refuse(start_response, "503 Service Unavailable", _BUSY)
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

    def _take_turn(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if not _read_ahead(environ):
            return _refuse(start_response, "400 Bad Request", _INCOMPLETE)
        if not self._turns.acquire(timeout=self._patience_s):
            return _refuse(start_response, "503 Service Unavailable", _BUSY)
        try:
            return self._application(environ, start_response)
        finally:
            self._turns.release()


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


def _read_ahead(environ: Environ) -> bool:
    """Read a body of ordinary size; False when the client left before its end.

    A larger one stays where it is, for the application to refuse.
    """
    length = environ.get("CONTENT_LENGTH") or ""
    if not length and "HTTP_TRANSFER_ENCODING" not in environ:
        return True
    if length and not (length.isascii() and length.isdecimal()):
        return True
    if length and int(length) > BODY_READ_AHEAD:
        return True
    body = environ["wsgi.input"].read(int(length) if length else BODY_READ_AHEAD + 1)
    if length and len(body) < int(length):
        return False
    # A chunked body has no length of its own, and Django reads none without.
    environ["CONTENT_LENGTH"] = str(len(body))
    environ["wsgi.input"] = BytesIO(body)
    return True


def _refuse(start_response: Any, status: str, body: bytes) -> list[bytes]:
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", "Retry-After"),
    ]
    if status.startswith("503"):
        headers.append(("Retry-After", "1"))
    start_response(status, headers)
    return [body]


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
