"""What has to hold of measurements after any fault, asked of the database itself."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from pingpong.probe.contract import FAILURES


def rows(data_dir: Path, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Ask, or change, a running product's database."""
    with closing(sqlite3.connect(data_dir / "pingpong.sqlite3", timeout=20)) as connection:
        found = connection.execute(statement, values).fetchall()
        connection.commit()
        return found


def hasten(data_dir: Path, seconds: int) -> None:
    """Have every watch be due so often from now on: tests cannot wait for minutes."""
    rows(
        data_dir,
        "UPDATE monitors_watch SET interval_s = ?, phase_s = phase_s % ?, "
        "next_slot = CASE WHEN next_slot IS NULL THEN NULL ELSE strftime('%s') + 1 END",
        [seconds, seconds],
    )


def outcome_count(data_dir: Path) -> int:
    return int(rows(data_dir, "SELECT count(*) FROM monitors_rawoutcome")[0][0])


def failures(data_dir: Path) -> list[tuple[str, int]]:
    """Return the words that would count as down, with how often they were noted."""
    found = rows(data_dir, "SELECT word, count(*) FROM monitors_rawoutcome GROUP BY word")
    return [(str(word), int(count)) for word, count in found if word in FAILURES]


def assert_each_counts_once(data_dir: Path) -> None:
    """The sums of hours and of days are what the single outcomes add up to."""
    ((raw, distinct),) = rows(
        data_dir,
        "SELECT count(*), count(DISTINCT watch_id || ' ' || slot) FROM monitors_rawoutcome",
    )
    assert raw == distinct
    for summed in (
        rows(data_dir, "SELECT sum(n) + sum(gaps) FROM monitors_hourrollup"),
        rows(data_dir, "SELECT sum(n) + sum(gaps) FROM monitors_dayrollup"),
    ):
        assert summed == [(raw,)]


def verdicts(data_dir: Path) -> list[str]:
    found = rows(data_dir, "SELECT state FROM monitors_verdict ORDER BY monitor_id")
    return [str(state) for (state,) in found]
