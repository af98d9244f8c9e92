"""How many requests a token may make: a count for each minute, in each process."""

import threading
import time
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

WINDOW_S = 60
_MOST_TOKENS = 50_000

_lock = threading.Lock()
_counts: dict[str, int] = {}
_window = 0


def _count(token_id: str, now_s: float) -> int:
    """Count a request of a token in the present minute; the past one is forgotten whole."""
    global _window  # noqa: PLW0603 -- one counter for the process
    window = int(now_s // WINDOW_S)
    with _lock:
        if window != _window or len(_counts) > _MOST_TOKENS:
            _counts.clear()
            _window = window
        count = _counts.get(token_id, 0) + 1
        _counts[token_id] = count
        return count


def forget_counts() -> None:
    """Start counting anew."""
    with _lock:
        _counts.clear()


class TokenThrottle(BaseThrottle):
    """Contract 4b: 429 with Retry-After past PINGPONG_RATE_LIMIT requests a minute and token."""

    def allow_request(self, request: Request, view: Any) -> bool:  # noqa: ARG002 -- DRF's signature
        if request.auth is None:
            return True
        return _count(request.auth.pk, time.time()) <= settings.RATE_LIMIT

    def wait(self) -> float:
        return WINDOW_S - time.time() % WINDOW_S
