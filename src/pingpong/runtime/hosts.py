"""Who is asked for: a request for a name that is not ours is refused before anything is looked up.

A page elsewhere can point its own name at this server, and a cache in front can be poisoned by a
name that nobody knows: neither gets an answer with anything of ours in it.
"""

from collections.abc import Callable, Container, Iterable
from typing import Any

from pingpong.kit.hosts import canonical_host

from .gate import HEALTH

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

# Spellings of our own names that were seen: a few ports and cases. The rest is read each time.
_REMEMBERED = 256
_BODY = (
    b"This server does not answer to the name in this address: whoever runs it sets "
    b"PINGPONG_BASE_URL to the address that people use, or adds the name to "
    b"PINGPONG_ALLOWED_HOSTS.\n"
)
_HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Length", str(len(_BODY))),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
]


class HostGuard:
    """A WSGI application around all others: 421 for every Host but our names.

    `own` are the names of this server, `verified` returns the proven hosts of pages; both as
    :func:`canonical_host` writes them. X-Forwarded-Host and Forwarded are not looked at.
    """

    def __init__(
        self,
        application: Application,
        *,
        own: Iterable[str],
        verified: Callable[[], Container[str]] = tuple,
    ) -> None:
        self._application = application
        self._own = frozenset(own)
        self._spellings = set(self._own)
        self._verified = verified

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        header = environ.get("HTTP_HOST", "")
        if header in self._spellings or environ["PATH_INFO"] in HEALTH:
            return self._application(environ, start_response)
        host = canonical_host(header)
        if host is None:
            return _refuse(start_response)
        if host in self._own:
            if len(self._spellings) < _REMEMBERED:
                self._spellings.add(header)
            return self._application(environ, start_response)
        if host in self._verified():
            return self._application(environ, start_response)
        return _refuse(start_response)


def _refuse(start_response: Any) -> list[bytes]:
    start_response("421 Misdirected Request", _HEADERS.copy())
    return [_BODY]
