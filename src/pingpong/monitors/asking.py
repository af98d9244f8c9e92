"""Conditions on many values, written as each database reads them fastest."""

from collections.abc import Collection
from typing import Any

from django.db import connection


def among(values: Collection[Any]) -> tuple[str, list[Any]]:
    """Return what stands behind a column in a condition, and its parameters.

    PostgreSQL takes one array, whatever its length; SQLite takes a place for each value.
    """
    if connection.vendor == "postgresql":
        return "= ANY(%s)", [list(values)]
    return f"IN ({', '.join(['%s'] * len(values))})", list(values)
