"""Trying something and taking it back, so that one story serves many tries."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Undo in the database whatever the block does."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
