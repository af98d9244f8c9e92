"""Which locations look at a monitor, and when each is due."""

from collections.abc import Iterable
from datetime import datetime
from zlib import crc32

from django.conf import settings
from django.db import transaction
from django.db.models import F

from pingpong.pages.versions import touch

from .models import INTERVALS_S, Monitor, MonitorKind, Watch

# A monitor's first look of all, so that its owner sees something soon.
FIRST_LOOK_AFTER_S = 3
# What a verb decides; the rest is written by agenda and intake, maybe at the same time.
_FIELDS = ["is_active", "interval_s", "phase_s", "next_slot", "watched_since"]


def phase_of(monitor_id: str, location: str, interval_s: int) -> int:
    """Return where in its interval a watch is due, the same at each call."""
    return crc32(f"{monitor_id} {location}".encode()) % interval_s


def is_idle(monitor: Monitor) -> bool:
    """Tell whether there is nothing to look at: no address, or paused (contract A4)."""
    return monitor.paused_at is not None or is_without_aim(monitor.kind, monitor.url)


def is_without_aim(kind: str, url: str) -> bool:
    """Tell whether there is no address to look at, where the kind needs one."""
    return kind != MonitorKind.HEARTBEAT and not url


def looks_of(monitor: Monitor) -> list[str]:
    """Return the locations to look from.

    Of those that one machine of ours stands for only the first looks: one vantage point, one
    fetch, one vote. A heartbeat has one watch, for what arrives here.
    """
    if monitor.kind == MonitorKind.HEARTBEAT:
        return [monitor.location]
    local = [one for one in monitor.locations if one in settings.LOCAL_LOCATIONS]
    return [one for one in monitor.locations if one not in local[1:]]


def sync_watches(monitor: Monitor, *, now: datetime) -> None:
    """Make the watches what the monitor says; call it in the transaction of the change."""
    wanted = looks_of(monitor)
    interval_s = INTERVALS_S[monitor.frequency]
    rows = {row.location: row for row in Watch.objects.filter(monitor=monitor)}
    idle = is_idle(monitor)
    first = int(now.timestamp()) + FIRST_LOOK_AFTER_S
    for location in wanted:
        row = rows.get(location) or Watch(monitor=monitor, location=location)
        is_new = location not in rows
        due = None if idle else first
        if row.is_active and row.next_slot is not None and due is not None:
            due = row.next_slot if row.interval_s == interval_s else due
        elif due is not None:
            row.watched_since = int(now.timestamp())
        row.is_active = True
        row.interval_s = interval_s
        if is_new or monitor.kind != MonitorKind.HEARTBEAT:  # whose phase is that of its deadline
            row.phase_s = phase_of(monitor.pk, location, interval_s)
        row.next_slot = due
        row.save(update_fields=None if is_new else _FIELDS)
    _retire(row for location, row in rows.items() if location not in wanted)


def look_anew(monitor: Monitor) -> None:
    """Let what was seen of another address confirm nothing of the new one.

    What is under way counts no more, and the next look is soon. Call it before `sync_watches`.
    """
    watches = Watch.objects.filter(monitor=monitor)
    watches.filter(claimed_slot__gt=F("last_slot")).update(last_slot=F("claimed_slot"))
    watches.update(next_slot=None, claim="", claimed_until=None, streak=0)


def sync_all(*, now: datetime) -> int:
    """Bring in step what was made by an earlier release, or before the locations moved.

    Returns how many monitors were out of step.
    """
    watches: dict[str, dict[str, bool]] = {}
    rows = Watch.objects.filter(is_active=True)
    for monitor_id, location, next_slot in rows.values_list("monitor_id", "location", "next_slot"):
        watches.setdefault(monitor_id, {})[location] = next_slot is not None
    fields = ("kind", "url", "location", "more_locations", "paused_at", "page_id")
    stale = [
        one
        for one in Monitor.objects.only(*fields)
        if watches.get(one.pk, {}) != dict.fromkeys(looks_of(one), not is_idle(one))
    ]
    for monitor in stale:
        _sync_one(monitor.page_id, monitor.pk, now=now)
    return len(stale)


@transaction.atomic
def _sync_one(page_id: str, monitor_id: str, *, now: datetime) -> None:
    """Read it again under the page's lock: somebody may just have changed it."""
    touch(page_id)
    monitor = Monitor.objects.filter(pk=monitor_id).first()
    if monitor is not None:
        sync_watches(monitor, now=now)


def _retire(rows: Iterable[Watch]) -> None:
    for row in rows:
        Watch.objects.filter(pk=row.pk).update(
            is_active=False, next_slot=None, claim="", claimed_until=None
        )
