"""Which locations look at a monitor, and when each is due."""

from collections.abc import Iterable
from datetime import datetime
from zlib import crc32

from .models import INTERVALS_S, Monitor, MonitorKind, Watch

# A monitor's first look of all, so that its owner sees something soon.
FIRST_LOOK_AFTER_S = 1


def phase_of(monitor_id: str, location: str, interval_s: int) -> int:
    """Return where in its interval a watch is due, the same at each call."""
    return crc32(f"{monitor_id} {location}".encode()) % interval_s


def is_idle(monitor: Monitor) -> bool:
    """Tell whether there is nothing to look at: no address, or paused (contract A4)."""
    if monitor.paused_at is not None:
        return True
    return monitor.kind != MonitorKind.HEARTBEAT and not monitor.url


def sync_watches(monitor: Monitor, *, now: datetime) -> None:
    """Make the watches what the monitor says; call it in the transaction of the change.

    A heartbeat has one watch, for what arrives here, under the contract's location.
    """
    wanted = monitor.locations
    if monitor.kind == MonitorKind.HEARTBEAT:
        wanted = wanted[:1]
    interval_s = INTERVALS_S[monitor.frequency]
    rows = {row.location: row for row in Watch.objects.filter(monitor=monitor)}
    idle = is_idle(monitor)
    first = int(now.timestamp()) + FIRST_LOOK_AFTER_S
    for location in wanted:
        row = rows.get(location) or Watch(monitor=monitor, location=location)
        due = None if idle else first
        if row.is_active and row.next_slot is not None and due is not None:
            due = row.next_slot if row.interval_s == interval_s else due
        row.is_active = True
        row.interval_s = interval_s
        row.phase_s = phase_of(monitor.pk, location, interval_s)
        row.next_slot = due
        row.save()
    _retire(row for location, row in rows.items() if location not in wanted)


def _retire(rows: Iterable[Watch]) -> None:
    for row in rows:
        Watch.objects.filter(pk=row.pk).update(
            is_active=False, next_slot=None, claim="", claimed_until=None
        )
