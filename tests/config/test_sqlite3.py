"""Writers of one process take turns before SQLite's lock."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction
from django.test.utils import CaptureQueriesContext

from pingpong.config.sqlite3 import base

ALIAS = "turns"
WRITE = "INSERT INTO fact (what) VALUES (%s)"


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> Iterator[Path]:
    """A database of our own, whichever one the other tests run on."""
    path = tmp_path / "turns.sqlite3"
    with sqlite3.connect(path) as new:
        new.execute("CREATE TABLE fact (what TEXT NOT NULL)")
    options = {"transaction_mode": "IMMEDIATE", "timeout": 0.2}
    mine = {"ENGINE": "pingpong.config.sqlite3", "NAME": str(path), "OPTIONS": options}
    monkeypatch.setitem(
        connections.settings, ALIAS, connections.configure_settings({"default": mine})["default"]
    )
    with django_db_blocker.unblock():
        yield path
        connections[ALIAS].close()
    del connections[ALIAS]


def write(what: str | None = "written") -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(WRITE, [what])


def in_a_thread(act: Callable[[], object]) -> None:
    def run() -> None:
        try:
            with transaction.atomic(using=ALIAS):
                act()
        finally:
            connections[ALIAS].close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def test_many_writers_all_come_through(file: Path) -> None:
    def act() -> None:
        write()
        time.sleep(0.02)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda _: in_a_thread(act), range(36)))
    with sqlite3.connect(file) as reader:
        assert reader.execute("SELECT count(*) FROM fact").fetchone() == (36,)


def test_who_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "TURN_WAIT_S", 0.05)
    with transaction.atomic(using=ALIAS), pytest.raises(OperationalError, match="locked"):
        in_a_thread(write)
    in_a_thread(write)


def test_a_turn_ends_with_a_rollback() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(using=ALIAS):
        raise ZeroDivisionError
    in_a_thread(write)


def test_a_turn_ends_with_a_statement_that_fails() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(using=ALIAS):
        write(None)
    in_a_thread(write)


def test_a_turn_ends_with_its_connection() -> None:
    with transaction.atomic(using=ALIAS):
        connections[ALIAS].close()
    in_a_thread(write)


def test_a_turn_is_over_before_what_follows_a_commit() -> None:
    with transaction.atomic(using=ALIAS):
        transaction.on_commit(lambda: in_a_thread(write), using=ALIAS)


def test_a_transaction_within_another_is_the_same_turn() -> None:
    with transaction.atomic(using=ALIAS), transaction.atomic(using=ALIAS):
        write()
    in_a_thread(write)


def test_a_lock_that_another_process_holds_gives_the_turn_back(file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"), transaction.atomic(using=ALIAS):
        write()
    other.execute("ROLLBACK")
    other.close()
    in_a_thread(write)


def test_a_thousand_values_fit_into_one_statement() -> None:
    connection = connections[ALIAS]
    size = connection.ops.bulk_batch_size(["a field"] * 9, range(300))
    assert size >= 300


def test_reading_takes_no_turn() -> None:
    with transaction.atomic(using=ALIAS):
        write()

        def read() -> int:
            with CaptureQueriesContext(connections[ALIAS]) as captured:
                connections[ALIAS].cursor().execute("SELECT 1")
            connections[ALIAS].close()
            return len(captured)

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(read).result() == 1
