"""One writer of watches at a time, on PostgreSQL as on SQLite."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
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


def columns(rows: Sequence[Sequence[Any]]) -> list[str]:
    """Turn rows into the arrays that `unnest` takes."""
    return [array(column) for column in zip(*rows, strict=True)]


# PostgreSQL's text form of arrays: the driver's own way with lists takes twice as long.
def array(column: Iterable[Any]) -> str:
    """Write one array; all that is in it is numbers, truths, texts or bytes, or None."""
    return f"{{{','.join([_WRITERS.get(type(one), _text)(one) for one in column])}}}"


def one_of(ids: Collection[int] | Collection[str]) -> tuple[str, str]:
    """Return a condition that stands behind a column of ids, and its one parameter.

    The statement is the same for any number of ids, so that it is read and planned once.
    """
    if connection.vendor == "postgresql":
        kind = "text" if any(isinstance(one, str) for one in ids) else "bigint"
        return f"= ANY(%s::{kind}[])", array(ids)
    return "IN (SELECT value FROM json_each(%s))", json.dumps(list(ids))


def _text(value: str) -> str:
    plain = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


_WRITERS: dict[type, Callable[[Any], str]] = {
    int: str,
    bool: str,
    bytes: lambda value: f'"\\\\x{value.hex()}"',
    type(None): lambda _: "NULL",
}
