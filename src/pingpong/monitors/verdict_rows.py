"""Reading and writing the verdicts of many monitors at once, without an object for each row."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection

from .models import MonitorKind, MonitorState, Verdict
from .quorum import Rules, Vote
from .standing import Past, Standing
from .stored_options import read_options
from .verdicts import Seen, memory_s, patience_s
from .writing import columns, one_of

_READ = """
SELECT watch.monitor_id, monitor.kind, watch.interval_s, CAST(monitor.options AS text),
       watch.vantage, watch.last_slot, watch.last_word, watch.is_up, watch.streak,
       watch.streak_slot
FROM monitors_watch watch JOIN monitors_monitor monitor ON monitor.id = watch.monitor_id
WHERE watch.is_active AND watch.monitor_id {chosen}
"""
_READ_STANDINGS = (
    "SELECT monitor_id, state, since, covered_until, clear_rounds FROM monitors_verdict "
    "WHERE monitor_id {chosen}"
)
_WRITE_VERDICTS = (
    "INSERT INTO monitors_verdict "
    "(monitor_id, state, since, covered_until, clear_rounds, incident_id) {rows} "
    "ON CONFLICT (monitor_id) DO UPDATE SET state = excluded.state, since = excluded.since, "
    "covered_until = excluded.covered_until, clear_rounds = excluded.clear_rounds"
)
_WRITE_SPANS = (
    'INSERT INTO monitors_verdictspan (monitor_id, state, start, "end") {rows} '
    'ON CONFLICT (monitor_id, start) DO UPDATE SET state = excluded.state, "end" = excluded."end"'
)
_VERDICT_TYPES = ("text", "text", "bigint", "bigint", "int", "text")
_SPAN_TYPES = ("text", "text", "bigint", "bigint")


@dataclass(slots=True)
class Subject:
    """One monitor: how it is judged, and what its active watches have seen."""

    interval_s: int
    rules: Rules
    votes: list[Vote] = field(default_factory=list)

    @property
    def newest_slot(self) -> int | None:
        return max(
            (one.seen.last_slot for one in self.votes if one.seen.last_slot is not None),
            default=None,
        )


def read_subjects(monitor_ids: Collection[str]) -> dict[str, Subject]:
    """Return the monitors that have an active watch. One query."""
    if not monitor_ids:
        return {}
    found: dict[str, Subject] = {}
    chosen, some = one_of(monitor_ids)
    with connection.cursor() as cursor:
        cursor.execute(_READ.format(chosen=chosen), [some])
        for monitor_id, kind, interval_s, options, vantage, *seen in cursor.fetchall():
            subject = found.get(monitor_id)
            if subject is None:
                subject = found[monitor_id] = _subject(kind, interval_s, options)
            subject.votes.append(Vote(vantage, _seen(*seen)))
    return found


def _seen(
    last_slot: int | None, last_word: str, is_up: Any, streak: int, streak_slot: int | None
) -> Seen:
    # SQLite knows no booleans.
    up = None if is_up is None else bool(is_up)
    return Seen(last_slot, last_word, up, streak, streak_slot)


def _subject(kind: str, interval_s: int, options: str) -> Subject:
    confirmations, timeout_s, grace_s = _rules_of(options)
    if kind == MonitorKind.HEARTBEAT:
        confirmations = 1  # what it may be late is all the doubt there is
    else:
        grace_s = 0
    patience = patience_s(interval_s, grace_s=grace_s)
    fresh_s = patience + timeout_s
    known_s = max(memory_s(interval_s), fresh_s)
    return Subject(interval_s, Rules(confirmations, fresh_s, known_s))


@lru_cache(maxsize=20_000)
def _rules_of(options: str) -> tuple[int, int, int]:
    known = read_options(options)
    return max(1, known.confirmations), -(-known.timeout_ms // 1000), known.grace_s


def read_standings(monitor_ids: Collection[str]) -> dict[str, Standing]:
    """Return what stands; monitors that were never judged are missing. One query."""
    if not monitor_ids:
        return {}
    chosen, some = one_of(monitor_ids)
    with connection.cursor() as cursor:
        cursor.execute(_READ_STANDINGS.format(chosen=chosen), [some])
        return {monitor_id: Standing(*columns) for monitor_id, *columns in cursor.fetchall()}


def overdue(second: int, *, after: str, count: int) -> list[str]:
    """Return monitors beyond `after`, in order, whose state is no longer covered. One query."""
    rows = Verdict.objects.filter(covered_until__lt=second, pk__gt=after)
    known = rows.exclude(state=MonitorState.UNKNOWN).order_by("pk")
    return list(known.values_list("pk", flat=True)[:count])


def write_standings(standings: Mapping[str, Standing]) -> None:
    """Write verdicts, all in one order. One statement."""
    rows = [
        (monitor_id, one.state, one.since, one.covered_until, one.clear_rounds, "")
        for monitor_id, one in sorted(standings.items())
    ]
    _write(_WRITE_VERDICTS, rows, _VERDICT_TYPES)


def write_spans(pasts: Sequence[tuple[str, Past]]) -> None:
    """Add what is over. One statement."""
    rows = [(monitor_id, past.state, past.start, past.end) for monitor_id, past in pasts]
    _write(_WRITE_SPANS, rows, _SPAN_TYPES)


def _write(statement: str, rows: Sequence[tuple[Any, ...]], types: Sequence[str]) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{name}[]" for name in types)
            # WHERE true keeps the parser from reading ON CONFLICT as a join's condition.
            chosen = f"SELECT * FROM unnest({arrays}) WHERE true"  # noqa: S608 -- names of ours
            cursor.execute(statement.format(rows=chosen), columns(rows))
        else:
            places = f"VALUES ({', '.join(['%s'] * len(types))})"
            cursor.executemany(statement.format(rows=places), rows)
