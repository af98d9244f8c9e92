"""Noticing cheaply that the store has changed."""

from pathlib import Path

from django.db import connection
from django.db.models import Count, Max, Sum

from pingpong.pages.models import Page


class DatabaseMissingError(Exception):
    """The file of the database is gone; opening it would make an empty one."""


def database_identity() -> object:
    """Tell which database this is: a file that was put in the place of another is another one.

    Raises DatabaseMissingError.
    """
    if connection.vendor != "sqlite" or _is_in_memory(connection.settings_dict["NAME"]):
        return None
    try:
        status = Path(connection.settings_dict["NAME"]).stat()
    except OSError as problem:
        raise DatabaseMissingError(str(problem)) from problem
    return (status.st_dev, status.st_ino)


def pulse() -> object:
    """Return what moves with every commit of another connection; None where nothing does.

    On SQLite it costs microseconds, and stands before the question that costs more.
    """
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return cursor.fetchone()


def totals() -> object:
    """Return what moves when a page was stored, vouched for, removed, closed or moved."""
    return Page.objects.aggregate(
        Count("pk"),
        Sum("door_version"),
        Count("stored"),
        Sum("stored__serial"),
        Max("stored__vouched_at"),
    )


def _is_in_memory(name: object) -> bool:
    return ":memory:" in str(name) or "mode=memory" in str(name)
