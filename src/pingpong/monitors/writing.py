"""One writer of watches at a time, on PostgreSQL as on SQLite."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

# Any number, the same everywhere: PostgreSQL's lock for "somebody writes watches".
_ADVISORY_LOCK = 7_466_465


@contextmanager
def alone() -> Iterator[None]:
    """Wait for the turn; call it inside a transaction, whose end gives it back.

    A batch takes milliseconds, and rows that are read, added to and written back are never added
    to twice at once. SQLite's transactions are alone anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
    yield


def columns(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Turn rows into the arrays that `unnest` takes."""
    return [list(column) for column in zip(*rows, strict=True)]
