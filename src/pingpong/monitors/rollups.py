"""Adding outcomes to the sums of their hour and of their day, in the transaction of the intake."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from pingpong.probe.contract import GAPS, UP

from . import histogram
from .writing import columns, one_of

HOUR_S = 3600
DAY_S = 24 * HOUR_S
_LEVELS = (("monitors_hourrollup", HOUR_S), ("monitors_dayrollup", DAY_S))

_SUMS = ("n", "ok", "degraded", "gaps", "sum_us", "min_us", "max_us", "bins")
_NAMES = ", ".join(("watch_id", "start", *_SUMS))
_READ = "SELECT {names} FROM {table} WHERE start {starts} AND watch_id {watches}"
_WRITE = (
    "INSERT INTO {table} ({names}) {rows} ON CONFLICT (watch_id, start) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _SUMS)
)
_ONE_ROW = f"VALUES ({', '.join(['%s'] * 10)})"
_TYPES = ("bigint", "bigint", "int", "int", "int", "int", "bigint", "int", "int", "bytea")
# WHERE true keeps the parser from reading ON CONFLICT as a join's condition.
_ALL_ROWS = f"SELECT * FROM unnest({', '.join(f'%s::{name}[]' for name in _TYPES)}) WHERE true"  # noqa: S608 -- names of ours

Key = tuple[int, int]
"""A watch and the start of an hour or a day, in seconds since 1970."""


class Found(NamedTuple):
    """What counts of an outcome. `is_degraded`: it is up, and slower than asked for."""

    watch_id: int
    slot: int
    word: str
    total_us: int
    is_degraded: bool


class Sums(NamedTuple):
    """The columns of a Rollup. Times are those of what was up, in microseconds."""

    n: int = 0
    ok: int = 0
    degraded: int = 0
    gaps: int = 0
    sum_us: int = 0
    min_us: int = 0
    max_us: int = 0
    bins: bytes = b""


_NOTHING = Sums()


def add(found: Sequence[Found]) -> None:
    """Add outcomes that were never added before; four statements.

    Call it in the transaction that stores them. Nobody else may be adding to the same watches.
    """
    if not found:
        return
    for table, length_s in _LEVELS:
        groups: dict[Key, list[Found]] = {}
        for one in found:
            groups.setdefault((one.watch_id, one.slot - one.slot % length_s), []).append(one)
        known = _read(table, groups)
        _write(
            table,
            [
                (*key, *added(known.get(key, _NOTHING), some))
                for key, some in sorted(groups.items())
            ],
        )


def added(sums: Sums, found: Iterable[Found]) -> Sums:
    """Return the sums with some outcomes more."""
    n, ok, degraded, gaps, sum_us, min_us, max_us, bins = sums
    for _, _, word, total_us, is_degraded in found:
        if word == UP:
            n += 1
            min_us = total_us if not ok or total_us < min_us else min_us
            max_us = max(max_us, total_us)
            ok += 1
            degraded += is_degraded
            sum_us += total_us
            bins = histogram.add(bins, total_us)
        elif word in GAPS:
            gaps += 1
        else:
            n += 1
    return Sums(n, ok, degraded, gaps, sum_us, min_us, max_us, bins)


def _read(table: str, keys: Iterable[Key]) -> dict[Key, Sums]:
    starts, some_starts = one_of(sorted({start for _, start in keys}))
    watches, some_watches = one_of(sorted({watch for watch, _ in keys}))
    statement = _READ.format(names=_NAMES, table=table, starts=starts, watches=watches)
    with connection.cursor() as cursor:
        cursor.execute(statement, [some_starts, some_watches])
        return {
            (watch, start): Sums._make((*sums, bytes(bins)))
            for watch, start, *sums, bins in cursor.fetchall()
        }


def _write(table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_WRITE.format(table=table, names=_NAMES, rows=_ALL_ROWS), columns(rows))
        else:
            cursor.executemany(_WRITE.format(table=table, names=_NAMES, rows=_ONE_ROW), rows)
