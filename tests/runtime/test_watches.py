import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from factories.pages import make_page
from pingpong.pages.versions import touch
from pingpong.runtime.watches import PostgresWatch, SqliteWatch, open_watch

PATIENCE_S = 0.2


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a b?.sqlite3"
    with sqlite3.connect(path) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE facts (n)")
    writer.close()
    return path


@pytest.fixture
def watch(path: Path) -> Iterator[SqliteWatch]:
    watch = SqliteWatch(path)
    yield watch
    watch.close()


def write(path: Path) -> None:
    writer = sqlite3.connect(path)
    with writer:
        writer.execute("INSERT INTO facts VALUES (1)")
    writer.close()


def test_sqlite_tells_a_commit_once(watch: SqliteWatch, path: Path) -> None:
    assert not watch.wait(PATIENCE_S)
    write(path)
    assert watch.wait(PATIENCE_S)
    assert not watch.wait(PATIENCE_S)


def test_sqlite_tells_only_commits_that_change_what_it_looks_for(path: Path) -> None:
    watch = SqliteWatch(path, signs="SELECT max(n) FROM facts")
    write(path)
    assert watch.wait(PATIENCE_S)
    write(path)
    assert not watch.wait(PATIENCE_S)
    watch.close()


def test_sqlite_is_silent_until_the_commit(watch: SqliteWatch, path: Path) -> None:
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO facts VALUES (1)")
    assert not watch.wait(PATIENCE_S)
    writer.execute("COMMIT")
    assert watch.wait(PATIENCE_S)
    writer.close()


def test_sqlite_waits_no_longer_than_asked(watch: SqliteWatch) -> None:
    begun = time.monotonic()
    watch.wait(0)
    assert time.monotonic() - begun < 0.04


def test_a_database_that_was_replaced_is_noticed(watch: SqliteWatch, path: Path) -> None:
    path.rename(path.with_suffix(".old"))
    sqlite3.connect(path).close()
    path.touch()
    with pytest.raises(OSError, match="replaced"):
        watch.wait(PATIENCE_S)


def test_a_missing_database_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        SqliteWatch(tmp_path / "none.sqlite3")
    assert not (tmp_path / "none.sqlite3").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.enable_socket
def test_the_database_of_the_settings_is_watched() -> None:
    page = make_page()
    watch = open_watch()
    kind = PostgresWatch if connection.vendor == "postgresql" else SqliteWatch
    assert isinstance(watch, kind)
    while watch.wait(PATIENCE_S):
        pass
    with transaction.atomic():
        touch(page.pk)
        assert not watch.wait(PATIENCE_S)
    assert watch.wait(PATIENCE_S)
    assert not watch.wait(PATIENCE_S)
    watch.close()
