"""How commits are noticed: SQLite counts them, PostgreSQL tells."""

import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections

from pingpong.events.journal import CHANNEL

from .lookout import Watch

POLLED_EVERY_S = 0.05
# What a look acts on. Outcomes of checks, taken in all the time, mostly change neither.
_SIGNS = """
SELECT (SELECT count(*) FROM pages_page), (SELECT sum(version) FROM pages_page),
       (SELECT max(id) FROM events_event)
"""


class SqliteWatch:
    """Reads the counter that SQLite raises with each commit of another connection.

    Of those commits it tells only such as change what `signs` selects, if that is given.
    """

    def __init__(self, path: Path, *, signs: str = "") -> None:
        self._path = path
        self._query = signs
        # Never made here: an empty file would look like a database.
        self._connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=1
        )
        self._inode = path.stat().st_ino
        self._version = self._read_version()
        self._signs = self._read_signs()

    def wait(self, timeout_s: float) -> bool:
        """Sleep for one period, and compare; raises OSError when the file was replaced."""
        time.sleep(min(timeout_s, POLLED_EVERY_S))
        if self._path.stat().st_ino != self._inode:
            raise OSError("The database file was replaced.")
        version = self._read_version()
        changed, self._version = version != self._version, version
        if changed and self._query:
            signs = self._read_signs()
            changed, self._signs = signs != self._signs, signs
        return changed

    def close(self) -> None:
        self._connection.close()

    def _read_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _read_signs(self) -> Any:
        return self._connection.execute(self._query).fetchone() if self._query else None


class PostgresWatch:
    """Listens on a connection of its own; several notifications make one change."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        self._connection = psycopg.connect(**parameters, autocommit=True)
        self._connection.execute(f"LISTEN {CHANNEL}")

    def wait(self, timeout_s: float) -> bool:
        return any(True for _ in self._connection.notifies(timeout=timeout_s, stop_after=1))

    def close(self) -> None:
        with suppress(psycopg.Error):
            self._connection.close()


def open_watch() -> Watch:
    """Open the watch that fits the database of the settings."""
    database = connections["default"]
    if database.vendor == "postgresql":
        return PostgresWatch(database.get_connection_params())
    return SqliteWatch(Path(database.settings_dict["NAME"]), signs=_SIGNS)
