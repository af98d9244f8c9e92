"""Arrays in PostgreSQL's own text form: whatever stands in a row arrives as it is."""

import pytest
from django.db import connection

from pingpong.monitors.models import MonitorState
from pingpong.monitors.writing import array, one_of

ODD = [
    "",
    "NULL",
    "null",
    'a"b',
    "a\\b",
    "a,b",
    "{}",
    "a'b",
    " a ",
    "a\nb",
    "\u00e4\u20ac",
    "%s",
    "\\x00",
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("text", [*ODD, None]),
        ("text", [MonitorState.UP, MonitorState.DOWN]),
        ("bigint", [0, -1, 2**62, None]),
        ("boolean", [True, False, None]),
        ("bytea", [b"", b"\0\\'\"", bytes(range(256)), None]),
        ("int", []),
    ],
)
def test_an_array_comes_back_as_it_went(kind: str, values: list[object]) -> None:
    if connection.vendor != "postgresql":
        return  # only PostgreSQL has arrays
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM unnest(%s::{kind}[])", [array(values)])  # noqa: S608 -- kinds of ours
        found = [bytes(one) if kind == "bytea" and one is not None else one for (one,) in cursor]
    assert found == values


@pytest.mark.django_db
@pytest.mark.parametrize("ids", [[], [7], [7, 8, 9], ["a"], ["a", 'b"', "c\\,"]])
def test_one_of_some_ids_chooses_these(ids: list[int] | list[str]) -> None:
    chosen, some = one_of(ids)
    kind = "text" if ids and isinstance(ids[0], str) else "bigint"
    with connection.cursor() as cursor:
        for one in [*ids, *(["z"] if kind == "text" else [1])]:
            cursor.execute(f"SELECT 1 WHERE CAST(%s AS {kind}) {chosen}", [one, some])
            assert bool(cursor.fetchone()) == (one in ids)
