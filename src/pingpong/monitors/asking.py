"""Conditions on many values, written as each database reads them fastest."""

from collections.abc import Collection
from typing import Any

from django.db import connection


def among(values: Collection[Any]) -> tuple[str, list[Any]]:
    """Return what stands behind a column in a condition, and its parameters.

    PostgreSQL takes one array, whatever its length; SQLite takes a place for each value. Texts
    are ids of ours, without a comma, so that they go as one text: an array is quoted one by one.
    """
    if connection.vendor == "postgresql":
        if values and all(isinstance(one, str) for one in values):
            return "= ANY(string_to_array(%s, ','))", [",".join(values)]
        return "= ANY(%s)", [list(values)]
    return f"IN ({', '.join(['%s'] * len(values))})", list(values)
