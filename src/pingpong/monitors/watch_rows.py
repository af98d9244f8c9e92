"""Reading and writing many watches at once, without an object for each row."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from .models import MonitorKind
from .stored_options import read_options
from .verdicts import Seen, patience_s
from .writing import columns, one_of

_READ = """
SELECT watch.id, watch.monitor_id, watch.interval_s, monitor.kind, CAST(monitor.options AS text),
       watch.last_slot, watch.last_word, watch.is_up, watch.streak, watch.streak_slot,
       watch.vantage, watch.claimed_slot, watch.claimed_until, watch.next_slot,
       watch.certificate_until, watch.certificate_seen, watch.certificate_warned, watch.location,
       watch.is_active AND NOT EXISTS (
           SELECT 1 FROM monitors_watch other
           WHERE other.monitor_id = watch.monitor_id AND other.id <> watch.id AND other.is_active
       )
FROM monitors_watch watch JOIN monitors_monitor monitor ON monitor.id = watch.monitor_id
WHERE watch.id {chosen}
"""
_SET = (
    ("last_slot", "bigint"),
    ("last_word", "text"),
    ("is_up", "boolean"),
    ("streak", "int"),
    ("streak_slot", "bigint"),
    ("vantage", "text"),
    ("claimed_until", "bigint"),
    ("certificate_until", "bigint"),
    ("certificate_seen", "bigint"),
    ("certificate_warned", "bigint"),
)
_NAMES = ", ".join(name for name, _ in _SET)
_WRITE_ONE = (
    f"UPDATE monitors_watch SET {', '.join(f'{name} = %s' for name, _ in _SET)} "  # noqa: S608
    "WHERE id = %s"
)
_WRITE_ALL = (
    f"UPDATE monitors_watch watch SET {', '.join(f'{name} = new.{name}' for name, _ in _SET)} "  # noqa: S608
    f"FROM unnest({', '.join(f'%s::{kind}[]' for _, kind in _SET)}, %s::bigint[]) "
    f"AS new({_NAMES}, id) WHERE watch.id = new.id"
)
# Not later than it is already; a paused watch stays without a slot.
_HURRY = "UPDATE monitors_watch SET next_slot = %s WHERE id = %s AND next_slot > %s"


@dataclass(slots=True)
class WatchRow:
    """What judging a watch needs of it and of its monitor.

    `is_sole` says that it is active, and its monitor's only one.
    """

    id: int
    monitor_id: str
    interval_s: int
    is_heartbeat: bool
    patience_s: int
    confirmations: int
    degraded_after_us: int
    certificate_days: int
    seen: Seen
    vantage: str
    claimed_slot: int | None
    claimed_until: int | None
    next_slot: int | None
    certificate_until: int | None
    certificate_seen: int | None
    certificate_warned: int | None
    location: str
    is_sole: bool

    def was_sent_to(self, location: str, slot: int) -> bool:
        """Tell whether a probe of a location can have been asked to look at this slot."""
        is_known = self.claimed_slot is None or slot <= self.claimed_slot
        return is_known and location == self.location and not self.is_heartbeat


@lru_cache(maxsize=20_000)
def _rules_of(kind: str, interval_s: int, options: str) -> tuple[int, int, int, int]:
    """Return how long it may be silent, confirmations, when a check is slow, days of warning."""
    known = read_options(options)
    grace_s = known.grace_s if kind == MonitorKind.HEARTBEAT else 0
    patience = patience_s(interval_s, grace_s=grace_s)
    return patience, known.confirmations, known.degraded_after_ms * 1000, known.certificate_days


def read_watches(ids: Collection[int]) -> dict[int, WatchRow]:
    """Read watches by id; those that are gone are missing. One query."""
    if not ids:
        return {}
    chosen, some = one_of(ids)
    with connection.cursor() as cursor:
        cursor.execute(_READ.format(chosen=chosen), [some])
        return {row[0]: _row(row) for row in cursor.fetchall()}


def _row(row: Sequence[Any]) -> WatchRow:
    watch_id, monitor_id, interval_s, kind, options, last_slot, word, is_up, streak = row[:9]
    up = None if is_up is None else bool(is_up)
    return WatchRow(
        watch_id,
        monitor_id,
        interval_s,
        kind == MonitorKind.HEARTBEAT,
        *_rules_of(kind, interval_s, options),
        Seen(last_slot, word, up, streak, row[9]),
        *[*row[10:-1], bool(row[-1])],
    )


def write_watches(rows: Sequence[WatchRow]) -> None:
    """Write what judging has changed. One statement."""
    values = [
        (
            row.seen.last_slot,
            row.seen.last_word,
            row.seen.is_up,
            row.seen.streak,
            row.seen.streak_slot,
            row.vantage,
            row.claimed_until,
            row.certificate_until,
            row.certificate_seen,
            row.certificate_warned,
            row.id,
        )
        for row in rows
    ]
    if not values:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_WRITE_ALL, columns(values))
        else:
            cursor.executemany(_WRITE_ONE, values)


def hurry(rows: Iterable[WatchRow], slot: int) -> None:
    """Have watches due at `slot` at the latest."""
    values = [(slot, row.id, slot) for row in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(_HURRY, values)
