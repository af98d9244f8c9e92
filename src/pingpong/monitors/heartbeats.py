"""Heartbeats: monitors whose target calls us, and that are down when it does not."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from pingpong.probe.contract import UP, Outcome

from .deadlines import expect_beat
from .intake import take_outcomes
from .models import Monitor, Watch

HEARTBEAT_PATH = "heartbeat/"


def heartbeat_url(monitor: Monitor) -> str | None:
    """Return the address that the target of a heartbeat calls; who knows it can keep it up."""
    key = monitor.heartbeat_key
    return None if key is None else f"{settings.BASE_URL}/{HEARTBEAT_PATH}{key}"


def note_beat(key: str, *, now: datetime) -> bool:
    """Take in a call; False for a key of no heartbeat. A paused one listens and notes nothing.

    One query for a key that is unknown, and for the second call within a second.
    """
    watch = (
        Watch.objects.filter(monitor__heartbeat_key=key, is_active=True)
        .select_related("monitor")
        .first()
    )
    if watch is None:
        return False
    if watch.monitor.paused_at is not None:
        return True
    slot = int(now.timestamp())
    if watch.last_slot == slot:
        if watch.last_word == UP:
            return True
        slot += 1  # its being missed was written down in this very second
    with transaction.atomic():
        take_outcomes([Outcome(watch.pk, slot, UP)], vantage="", now=now)
        expect_beat(watch.monitor, now=now)
    return True
