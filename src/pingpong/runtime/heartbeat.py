"""Signs of life: written by engines, read by whoever asks whether one runs."""

import os
import socket
from datetime import datetime, timedelta

from .models import EngineBeat

BEATS_EVERY = timedelta(seconds=10)
ALIVE_FOR = timedelta(seconds=30)
_KEPT_FOR = timedelta(days=1)


def engine_name() -> str:
    """Name this process among all engines of the database."""
    return f"{socket.gethostname()[:80]}:{os.getpid()}"


def beat(*, started_at: datetime, pages_rendered: int, now: datetime) -> None:
    """Write down that this engine is alive and what it has done since it started."""
    EngineBeat.objects.update_or_create(
        engine=engine_name(),
        defaults={"started_at": started_at, "seen_at": now, "pages_rendered": pages_rendered},
    )


def end_beat() -> None:
    """Say that this engine has stopped in an orderly way."""
    EngineBeat.objects.filter(engine=engine_name()).delete()


def newest_beat_age(now: datetime) -> timedelta | None:
    """Return how long ago any engine gave a sign, or None when none did."""
    newest = EngineBeat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    return now - newest if newest else None


def forget_dead_engines(now: datetime) -> int:
    """Delete the signs of engines that fell silent long ago; return how many."""
    gone, _ = EngineBeat.objects.filter(seen_at__lt=now - _KEPT_FOR).delete()
    return gone
