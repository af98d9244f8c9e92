"""Django's SQLite, with a fair queue of this process's writers before the one lock."""

import sqlite3
import threading
from collections import defaultdict
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base, features

# Together with what SQLite itself waits for other processes, below two seconds.
TURN_WAIT_S = 0.9

_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class DatabaseFeatures(features.DatabaseFeatures):
    @property
    def max_query_params(self) -> int:  # type: ignore[override]
        """Django's figure is that of SQLite before 3.32: it splits an INSERT of 200 rows."""
        self.connection.ensure_connection()
        limit: int = self.connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        return limit


class DatabaseWrapper(base.DatabaseWrapper):
    """Lets one thread into a transaction at a time; all of ours write (`IMMEDIATE`).

    SQLite makes those who wait ask again after pauses of up to 0.1 s, and whoever asks in the
    right moment is next: of eight threads that write, some wait too long and are sent away. And
    each statement of the writer lets another thread run Python for 5 ms, in which the writer
    keeps the lock. A lock of Python's wakes them one by one, and they sleep until then.
    """

    features_class = DatabaseFeatures
    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        if not self._turn.acquire(timeout=TURN_WAIT_S):
            raise OperationalError("database is locked")
        self._has_turn = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # not in the stubs
        except BaseException:
            self._give_turn_back()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc] # not in the stubs
        finally:
            self._give_turn_back()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc] # not in the stubs
        finally:
            self._give_turn_back()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc] # not in the stubs
        finally:
            self._give_turn_back()

    @property
    def _turn(self) -> threading.Lock:
        return _turns[str(self.settings_dict["NAME"])]

    def _give_turn_back(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._turn.release()
