"""The metrics and points that are there, and the raw insert beside the product."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

from django.db import connection

from pingpong.custom_metrics.lifecycle import create_custom_metric
from pingpong.kit.actor import Actor
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page
from pingpong.teams.bootstrap import bootstrap

_UPSERT = (
    "INSERT INTO custom_metrics_datapoint (metric_id, minute, value) {rows} "
    "ON CONFLICT (metric_id, minute) DO UPDATE SET value = excluded.value"
)
_SQLITE = _UPSERT.format(rows="VALUES (?, ?, ?)")
_POSTGRESQL = _UPSERT.format(
    rows="SELECT * FROM unnest(%s::text[], %s::bigint[], %s::float8[]) WHERE true"
)
_MINUTES = {
    "sqlite": "(WITH RECURSIVE some(at) AS (SELECT {first} UNION ALL SELECT at + 60 FROM some "
    "WHERE at + 60 < {end}) SELECT at FROM some)",
    "postgresql": "(SELECT generate_series({first}::bigint, {end} - 60, 60) AS at)",
}


_FILL = (
    "INSERT INTO custom_metrics_datapoint (metric_id, minute, value) "
    "SELECT m.id, t.at, t.at % 1000 FROM custom_metrics_custommetric m, {minutes} t "
    "ORDER BY m.id, t.at"
)


class Numbers:
    """A page of so many custom metrics, and who may feed them."""

    def __init__(self, count: int) -> None:
        now = utc_now()
        self.now = int(now.timestamp())
        made = bootstrap(
            project="Benchmark",
            slug="benchmark",
            email="donald@acme.example",
            name="Donald Duck",
            now=now - timedelta(days=31),
        )
        self.token = made.token
        page = Page.objects.get(pk=made.page_id)
        by = Actor("Donald Duck", None)
        self.ids = sorted(
            create_custom_metric(page, name=f"Metric {place}", by=by, now=now).pk
            for place in range(count)
        )

    def fill(self, days: int) -> int:
        """Write a point a minute of each metric; return how many."""
        end = self.now - self.now % 60
        minutes = _MINUTES[connection.vendor].format(first=end - days * 86_400, end=end)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = replica")  # no look at each id
            cursor.execute("DROP INDEX data_points_by_age")
            cursor.execute(_FILL.format(minutes=minutes))
            cursor.execute("CREATE INDEX data_points_by_age ON custom_metrics_datapoint (minute)")
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute("ANALYZE")
        return len(self.ids) * days * 1440

    def forget_ahead(self) -> None:
        """Delete what the benchmark has sent."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM custom_metrics_datapoint WHERE minute > %s", [self.now])
            cursor.execute("DELETE FROM custom_metrics_stalehour")

    def prepared(self, rows: list[tuple[str, int, float]]) -> Any:
        """Return rows as the driver takes them fastest."""
        if connection.vendor == "sqlite":
            return rows
        return [f"{{{','.join(map(str, column))}}}" for column in zip(*rows, strict=True)]

    def raw_writer(self) -> Callable[[Any], None]:
        """Return a writer that commits each batch with the driver alone, on its own connection."""
        if connection.vendor == "sqlite":
            return _sqlite_writer()
        return _postgresql_writer()


def _sqlite_writer() -> Callable[[Any], None]:
    import sqlite3

    raw = sqlite3.connect(
        connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False, timeout=10
    )
    raw.execute("PRAGMA synchronous=FULL")

    def write(batch: Any) -> None:
        with closing(raw.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.executemany(_SQLITE, batch)
            cursor.execute("COMMIT")

    return write


def _postgresql_writer() -> Callable[[Any], None]:
    import psycopg

    parameters = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port")
    raw = psycopg.connect(**{name: parameters[name] for name in wanted if name in parameters})

    def write(batch: Any) -> None:
        raw.execute(_POSTGRESQL, batch)
        raw.commit()

    return write
