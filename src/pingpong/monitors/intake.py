"""Taking in what probes found: each outcome counts once, whatever is lost, late or sent twice."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.probe.contract import GAPS, UP, WORDS, Outcome

from . import certificates, rollups
from .agents import LATEST_S, VANTAGE_LENGTH, as_name
from .due import AHEAD_S
from .judging import Turn, judge
from .models import Monitor, MonitorState
from .verdicts import advance
from .watch_rows import WatchRow, hurry, read_watches, write_watches
from .writing import alone, columns, one_of

KEPT_FOR_S = 72 * 3600
# A first failure is looked at again soon, so that it is confirmed within an interval.
RECHECKED_AFTER_S = 8

_COLUMNS = (
    "watch_id, slot, word, total_us, dns_us, connect_us, tls_us, first_byte_us, status, delay_ms, "
    "detail, vantage"
)
_INSERT = (
    f"INSERT INTO monitors_rawoutcome ({_COLUMNS}) {{rows}} ON CONFLICT (watch_id, slot) DO NOTHING"
)
_INSERT_ONE = _INSERT.format(rows=f"VALUES ({', '.join(['%s'] * 12)})")
_INSERT_ALL = _INSERT.format(
    rows=(
        "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::int[], %s::int[], "
        "%s::int[], %s::int[], %s::int[], %s::int[], %s::int[], %s::text[], %s::text[]) WHERE true"
    )
)
# By hand, as what follows it: the ORM would take longer than the database.
_STORED = (
    "SELECT watch_id, slot FROM monitors_rawoutcome "
    "WHERE slot BETWEEN %s AND %s AND watch_id {chosen}"
)
_MOST_US = 2**31 - 1
_DETAIL_LENGTH = 100

_KINDS = {
    MonitorState.DOWN.value: Kind.MONITOR_WENT_DOWN,
    MonitorState.UP.value: Kind.MONITOR_CAME_UP,
    MonitorState.UNKNOWN.value: Kind.MONITOR_LOST_SIGHT,
}


@dataclass(frozen=True, slots=True)
class _Taken:
    row: WatchRow
    outcome: Outcome


def take_outcomes(
    outcomes: Sequence[Outcome], *, vantage: str, now: datetime, location: str | None = None
) -> int:
    """Store outcomes and what follows from them, all in one transaction; return how many were new.

    What is known already, of a watch that is gone, or of no possible slot is left out; so is what
    a probe of `location` says of other locations, of heartbeats, and of slots that nobody has sent
    out yet. Changed verdicts leave an event each; who acts on them reads it.
    """
    vantage = as_name(vantage, VANTAGE_LENGTH)
    with transaction.atomic(), alone():
        rows = read_watches({one.watch for one in outcomes})
        if location is not None:
            outcomes = [
                one
                for one in outcomes
                if one.watch in rows and rows[one.watch].was_sent_to(location, one.slot)
            ]
        taken = _new(outcomes, rows, now=now)
        if not taken:
            return 0
        _insert(taken, vantage)
        rollups.add([_found(one) for one in taken])
        moved = _advance(taken, vantage=vantage, now=now)
        ending = certificates.mark_warned(moved, now=now)
        write_watches(moved)
        hurry(_doubtful(moved, taken), int(now.timestamp()) + RECHECKED_AFTER_S)
        certificates.warn(ending, now=now)
        sole = {row.monitor_id: row for row in moved if row.is_sole}
        tell(judge({row.monitor_id for row in moved}, now=now, sole=sole), now=now)
    return len(taken)


def tell(turns: Iterable[Turn], *, now: datetime) -> None:
    """Leave an event for each changed verdict, in the transaction of the change."""
    changed = list(turns)
    if not changed:
        return
    monitors = Monitor.objects.filter(pk__in=[turn.monitor_id for turn in changed])
    pages = {pk: (page, name) for pk, page, name in monitors.values_list("pk", "page_id", "name")}
    for turn in changed:
        if turn.monitor_id not in pages:
            continue  # deleted meanwhile
        record(
            _KINDS[turn.after],
            page_id=pages[turn.monitor_id][0],
            subject_id=turn.monitor_id,
            by=Actor(""),
            now=now,
            data={
                "name": pages[turn.monitor_id][1],
                "before": turn.before,
                "since": turn.since_slot,
            },
        )


def _new(outcomes: Sequence[Outcome], rows: dict[int, WatchRow], *, now: datetime) -> list[_Taken]:
    """Keep what is readable, of a watch that exists, and not stored yet; oldest slot first."""
    second = int(now.timestamp())
    sound = {
        (one.watch, one.slot): one
        for one in reversed(outcomes)
        if one.watch in rows
        and one.word in WORDS
        and second - KEPT_FOR_S <= one.slot <= second + AHEAD_S
    }
    for pair in _stored(sound.keys()):
        sound.pop(pair, None)
    ordered = sorted(sound.values(), key=lambda one: (one.slot, one.watch))
    return [_Taken(rows[one.watch], one) for one in ordered]


def _stored(pairs: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    if not pairs:
        return []
    slots = [slot for _, slot in pairs]
    watches = {watch for watch, _ in pairs}
    chosen, some = one_of(watches)
    with connection.cursor() as cursor:
        cursor.execute(_STORED.format(chosen=chosen), [min(slots), max(slots), some])
        return [(watch, slot) for watch, slot in cursor.fetchall()]


def _insert(taken: Sequence[_Taken], vantage: str) -> None:
    rows = [_raw(one.outcome, vantage) for one in taken]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_INSERT_ALL, columns(rows))
        else:
            cursor.executemany(_INSERT_ONE, rows)


def _raw(one: Outcome, vantage: str) -> tuple[int | str, ...]:
    return (
        one.watch,
        one.slot,
        one.word,
        _bounded(one.total_us),
        _bounded(one.dns_us),
        _bounded(one.connect_us),
        _bounded(one.tls_us),
        _bounded(one.first_byte_us),
        _bounded(one.status),
        max(-_MOST_US, min(one.delay_ms, _MOST_US)),
        as_name(one.detail, _DETAIL_LENGTH) if one.detail else "",
        vantage,
    )


def _bounded(value: int) -> int:
    return value if 0 <= value <= _MOST_US else max(0, min(value, _MOST_US))


def _found(one: _Taken) -> rollups.Found:
    slow_after_us = one.row.degraded_after_us
    outcome = one.outcome
    is_slow = outcome.word == UP and 0 < slow_after_us < outcome.total_us
    return rollups.Found(
        outcome.watch, outcome.slot, outcome.word, _bounded(outcome.total_us), is_slow
    )


def _advance(taken: Iterable[_Taken], *, vantage: str, now: datetime) -> list[WatchRow]:
    second = int(now.timestamp())
    moved: dict[int, WatchRow] = {}
    for one in taken:
        row, outcome = one.row, one.outcome
        row.seen = advance(row.seen, outcome.word, outcome.slot, patience_s=row.patience_s)
        row.vantage = vantage
        if row.claimed_slot is not None and row.claimed_slot <= outcome.slot:
            row.claimed_until = None
        if 0 < outcome.certificate_until <= LATEST_S:
            row.certificate_until, row.certificate_seen = outcome.certificate_until, second
        moved[outcome.watch] = row
    return list(moved.values())


def _doubtful(moved: Iterable[WatchRow], taken: Iterable[_Taken]) -> list[WatchRow]:
    """Return those whose failure of just now is not confirmed yet."""
    failed = {
        one.row.id for one in taken if one.outcome.word != UP and one.outcome.word not in GAPS
    }
    return [
        row
        for row in moved
        if row.id in failed
        and not row.is_heartbeat
        and row.seen.is_up is False
        and row.seen.streak < row.confirmations
    ]
