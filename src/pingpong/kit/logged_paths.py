"""Paths as they may stand in a log."""

import re
from urllib.parse import quote

_LENGTH = 500
# Keys of badges, heartbeats and letters: who has one may read, or enter.
_KEY = re.compile(
    r"(/widget/\w+/\w+/|/heartbeat/|/reset/key/|/email/confirm/|/invitation/).*", re.DOTALL
)


def shown_path(path: str) -> str:
    """Return a path without its keys, in one line: escaped is what could end it or colour it."""
    without_key = _KEY.sub(r"\1***", path)
    return quote(without_key, safe="/~:@!$&'()*+,;=", errors="replace")[:_LENGTH]
