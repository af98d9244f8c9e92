"""When a token was last used: noted in memory, written later, outside the request."""

import threading
from datetime import datetime, timedelta

from .models import ApiToken

WRITTEN_AT_MOST_EVERY = timedelta(minutes=1)

_lock = threading.Lock()
_noted: dict[str, datetime] = {}


def note_use(token: ApiToken, *, now: datetime) -> None:
    """Remember a use unless one of the last minute is already written."""
    last = token.last_used_at
    if last is None or now - last >= WRITTEN_AT_MOST_EVERY:
        with _lock:
            _noted[token.pk] = now


def flush(now: datetime) -> int:
    """Write the remembered uses; return how many tokens were updated."""
    with _lock:
        noted = dict(_noted)
        _noted.clear()
    written = 0
    for token_id, used_at in noted.items():
        # Another process may have written meanwhile: at most once a minute, in all.
        stale = ApiToken.objects.filter(pk=token_id).exclude(
            last_used_at__gt=now - WRITTEN_AT_MOST_EVERY
        )
        written += stale.update(last_used_at=used_at)
    return written
