"""Noticing cheaply that the store has changed."""

from pathlib import Path

from django.db import connection
from django.db.models import Count, Max, Sum

from .models import StoredPage

Mark = tuple[object, ...]
"""Two marks are equal when nothing was stored, vouched for or removed between them."""


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


def current_mark() -> Mark:
    """Return the mark of this moment.

    On SQLite it moves with every commit of another connection; elsewhere with the store alone.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            return tuple(cursor.fetchone())
    totals = StoredPage.objects.aggregate(Count("pk"), Sum("serial"), Max("vouched_at"))
    return tuple(totals.values())


def _is_in_memory(name: object) -> bool:
    return ":memory:" in str(name) or "mode=memory" in str(name)
