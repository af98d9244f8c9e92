"""Strict-Transport-Security on every answer of a server whose address begins with https."""

from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class StrictTransport:
    """A WSGI application around another one; browsers remember for `seconds`.

    The header is sent whether or not this hop is encrypted: what stands in front is, and browsers
    ignore it where nothing is.
    """

    def __init__(self, application: Application, *, seconds: int) -> None:
        self._application = application
        self._header = ("Strict-Transport-Security", f"max-age={seconds}")

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [*headers, self._header], *more)

        return self._application(environ, start)
