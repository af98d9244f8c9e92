"""What was seen last of many monitors, and when each is looked at next."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import connection

from pingpong.probe.contract import UP

from .asking import among

# A look-up for each watch: for a join PostgreSQL may read every outcome that there is.
_WATCHES = (
    "SELECT watch.monitor_id, watch.last_slot, watch.next_slot, watch.vantage, watch.last_word, "
    "(SELECT outcome.total_us FROM monitors_rawoutcome outcome "
    "WHERE outcome.watch_id = watch.id AND outcome.slot = watch.last_slot) "
    "FROM monitors_watch watch WHERE watch.monitor_id {chosen} AND watch.is_active "
    "ORDER BY watch.id"
)


class Looks(NamedTuple):
    """What the active watches of one monitor tell; slots in seconds since 1970.

    `is_up` and `total_us` are those of the newest check, the latter None where it did not succeed.
    """

    is_up: bool
    slot: int | None
    total_us: int | None
    vantages: frozenset[str]
    next_slot: int | None


NO_LOOKS = Looks(is_up=False, slot=None, total_us=None, vantages=frozenset(), next_slot=None)


class _Seen(NamedTuple):
    """One active watch, and its newest outcome while that is kept."""

    last_slot: int | None
    next_slot: int | None
    vantage: str
    word: str
    total_us: int | None


def looks_at(monitor_ids: Collection[str]) -> dict[str, Looks]:
    """Return what was seen last of each monitor that is looked at. One query."""
    chosen, values = among(monitor_ids)
    watches: dict[str, list[_Seen]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_WATCHES.format(chosen=chosen), values)
        for monitor_id, *columns in cursor.fetchall():
            watches[monitor_id].append(_Seen(*columns))
    return {
        one: _look(some[0], _vantages(some), some[0].next_slot) if len(some) == 1 else _merged(some)
        for one, some in watches.items()
    }


def _merged(watches: Collection[_Seen]) -> Looks:
    newest = max(watches, key=lambda one: one.last_slot or 0)
    due = [one.next_slot for one in watches if one.next_slot is not None]
    return _look(newest, _vantages(watches), min(due, default=None))


def _look(newest: _Seen, vantages: frozenset[str], next_slot: int | None) -> Looks:
    is_up = newest.word == UP
    return Looks(is_up, newest.last_slot, newest.total_us if is_up else None, vantages, next_slot)


def _vantages(watches: Iterable[_Seen]) -> frozenset[str]:
    return frozenset(one.vantage for one in watches if one.vantage)
