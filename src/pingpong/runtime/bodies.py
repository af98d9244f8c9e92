"""Reading request bodies before a turn begins, so that a slow sender holds none."""

import threading
from dataclasses import dataclass
from io import BytesIO
from typing import Any

# A little more than any body that is accepted.
BODY_READ_AHEAD = 1088 * 1024
# What is larger is read away up to here, for a client that hears of it only when all is sent.
READ_AWAY = 16 * 1024 * 1024
_PART = 64 * 1024
_BODILESS = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})

Environ = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    status: str
    body: bytes


_INCOMPLETE = Refusal("400 Bad Request", b'{"detail":"The request ended before its body did."}')
_TOO_LARGE = Refusal("413 Request Entity Too Large", b'{"detail":"The request body is too large."}')
BUSY = Refusal(
    "503 Service Unavailable", b'{"detail":"The server is busy. Try again in a second."}'
)


class Bodies:
    """Reads so many bodies at once and no more: slow senders delay each other, not readers."""

    def __init__(self, *, at_once: int, patience_s: float) -> None:
        self._readers = threading.BoundedSemaphore(at_once)
        self._patience_s = patience_s

    def read_ahead(self, environ: Environ) -> Refusal | None:
        """Put the body into memory, or return why not; nothing reads that of a GET."""
        length = environ.get("CONTENT_LENGTH") or ""
        if environ["REQUEST_METHOD"] in _BODILESS:
            return None
        if not length and "HTTP_TRANSFER_ENCODING" not in environ:
            return None
        if length and not (length.isascii() and length.isdecimal()):
            return None
        if not self._readers.acquire(timeout=self._patience_s):
            return BUSY
        try:
            return _read(environ, int(length) if length else None)
        finally:
            self._readers.release()


def _read(environ: Environ, length: int | None) -> Refusal | None:
    source = environ["wsgi.input"]
    if length is not None and length > BODY_READ_AHEAD:
        _read_away(source, min(length, READ_AWAY))
        return _TOO_LARGE
    body = source.read(BODY_READ_AHEAD + 1 if length is None else length)
    if length is not None and len(body) < length:
        return _INCOMPLETE
    if len(body) > BODY_READ_AHEAD:
        _read_away(source, READ_AWAY)
        return _TOO_LARGE
    # A chunked body has no length of its own, and Django reads none without.
    environ["CONTENT_LENGTH"] = str(len(body))
    environ["wsgi.input"] = BytesIO(body)
    return None


def _read_away(source: Any, length: int) -> None:
    while length > 0 and (part := source.read(min(length, _PART))):
        length -= len(part)
