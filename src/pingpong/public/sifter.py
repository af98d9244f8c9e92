"""Feeds of some components, ready to be served: the last few are kept."""

import threading
from collections import OrderedDict
from dataclasses import replace

from .copies import Copy, digest_of, encode
from .entry import Answers, answers
from .feed_sieve import Ids, sift

_MOST_BYTES = 8 * 1024 * 1024
# Anybody may ask for any mixture: so many are made at once, and the others soon told to come back.
_AT_ONCE = 2
_PATIENCE_S = 0.5

_Key = tuple[str, str, Ids]


class Sifter:
    """What one front remembers of the feeds that it has put together."""

    def __init__(self, *, most_bytes: int = _MOST_BYTES) -> None:
        self._known: OrderedDict[_Key, tuple[Answers, int]] = OrderedDict()
        self._room = most_bytes
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(_AT_ONCE)

    def answers(self, copy: Copy, ids: Ids) -> Answers | None:
        """Return the answers of a feed of some components; None while too many are being made."""
        key = (copy.path, copy.digest, ids)
        known = self._find(key)
        if known is not None:
            return known
        if not self._places.acquire(timeout=_PATIENCE_S):
            return None
        try:
            made, size = _sifted(copy, ids)
        finally:
            self._places.release()
        self._keep(key, made, size)
        return made

    def _find(self, key: _Key) -> Answers | None:
        with self._lock:
            found = self._known.get(key)
            if found is None:
                return None
            self._known.move_to_end(key)
            return found[0]

    def _keep(self, key: _Key, made: Answers, size: int) -> None:
        with self._lock:
            if key in self._known:
                return
            self._known[key] = (made, size)
            self._room -= size
            while self._room < 0:
                self._room += self._known.popitem(last=False)[1][1]


def _sifted(copy: Copy, ids: Ids) -> tuple[Answers, int]:
    bodies = encode(sift(copy.content_type, copy.bodies.identity, ids))
    made = replace(copy, bodies=bodies, digest=digest_of(bodies.identity))
    return answers(made, made.digest, bodies), made.size
