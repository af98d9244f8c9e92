"""Points on their way into the tables, without a model in between."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

HOUR_S = 3600
# Any number, the same everywhere: shared by who writes points, alone for who sums them up.
_ADVISORY_LOCK = 7_466_466

_POINT = (
    "INSERT INTO custom_metrics_datapoint (metric_id, minute, value) {rows} "
    "ON CONFLICT (metric_id, minute) DO UPDATE SET value = excluded.value"
)
_HOUR = (
    "INSERT INTO custom_metrics_stalehour (metric_id, hour) {rows} "
    "ON CONFLICT (metric_id, hour) DO NOTHING"
)
# One statement for all rows; executemany would cost PostgreSQL a round trip for each. WHERE true
# keeps the parser from reading ON CONFLICT as a join's condition.
_POINT_ARRAYS = "SELECT * FROM unnest(%s::text[], %s::bigint[], %s::float8[]) WHERE true"
_HOUR_ARRAYS = "SELECT * FROM unnest(%s::text[], %s::bigint[]) WHERE true"


def write_points(points: Mapping[str, Mapping[int, float]]) -> None:
    """Add or replace points by metric and minute; call it inside a transaction.

    Rows go in one order for all: writers that meet on the same rows wait, and do not deadlock.
    """
    ordered = [(metric_id, sorted(points[metric_id].items())) for metric_id in sorted(points)]
    hours = [
        (metric_id, hour)
        for metric_id, pairs in ordered
        for hour in sorted({minute - minute % HOUR_S for minute, _ in pairs})
    ]
    rows = [
        (metric_id, minute, float(value)) for metric_id, pairs in ordered for minute, value in pairs
    ]
    if rows:
        _write(rows, hours)


def _write(rows: list[tuple[str, int, float]], hours: list[tuple[str, int]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_ADVISORY_LOCK])
            cursor.execute(_POINT.format(rows=_POINT_ARRAYS), _arrays(rows))
            cursor.execute(_HOUR.format(rows=_HOUR_ARRAYS), _arrays(hours))
        else:
            cursor.executemany(_POINT.format(rows="VALUES (%s, %s, %s)"), rows)
            cursor.executemany(_HOUR.format(rows="VALUES (%s, %s)"), hours)


def _arrays(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    """Write PostgreSQL's text form of arrays: the driver's own way with lists takes longer.

    What is in them is numbers, and ids that consist of letters and digits.
    """
    return [f"{{{','.join(map(str, column))}}}" for column in zip(*rows, strict=True)]


def wait_for_writers() -> None:
    """Be alone with the points until the transaction ends; SQLite's are alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
