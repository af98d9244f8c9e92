"""Bringing the database to this release, once at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate as django_migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from .locks import migrating_alone
from .problem import StartError

# Any number, the same for all of ours: PostgreSQL's lock for "somebody migrates".
_ADVISORY_LOCK = 7_466_464


def pending_migrations() -> int:
    """Return how many migrations this release has that the database has not."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate(*, on_step: Callable[[str, int, int], None] = lambda *_: None) -> int:
    """Apply what is pending; safe beside other processes that do the same.

    `on_step(name, done, total)` is called after each. Returns how many were applied. Raises
    StartError when the database was brought further by a newer release.
    """
    with migrating_alone(settings.DATA_DIR), _locked_for_all_machines():
        _refuse_newer_schema()
        total = pending_migrations()
        if total:
            call_command(_Migrate(total, on_step), interactive=False, verbosity=0)
    return total


class _Migrate(django_migrate.Command):
    """Django's command, with our progress instead of its lines."""

    def __init__(self, total: int, on_step: Callable[[str, int, int], None]) -> None:
        super().__init__()
        self._total = total
        self._done = 0
        self._on_step = on_step

    def migration_progress_callback(
        self, action: str, migration: Any | None = None, fake: bool = False
    ) -> None:
        del fake
        if action == "apply_success" and migration is not None:
            self._done += 1
            self._on_step(str(migration), self._done, self._total)


def _refuse_newer_schema() -> None:
    ours = {label for label in _known() if label[0] in _our_labels()}
    applied = {
        label
        for label in MigrationRecorder(connection).applied_migrations()
        if label[0] in _our_labels()
    }
    if newer := sorted(applied - ours):
        raise StartError(
            f"The database belongs to a newer release (it knows {newer[0][0]}.{newer[0][1]}): "
            "install that one, or restore a backup of this one."
        )


def _known() -> set[tuple[str, str]]:
    return set(MigrationExecutor(connection).loader.graph.nodes)


def _our_labels() -> set[str]:
    own = (name for name in settings.INSTALLED_APPS if name.startswith("pingpong."))
    return {name.rpartition(".")[2] for name in own}


@contextmanager
def _locked_for_all_machines() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_LOCK])
