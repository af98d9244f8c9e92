"""Files that only one process holds at a time; the kernel lets go when it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .problem import StartError

UP_LOCK = "up.lock"
MIGRATION_LOCK = "migrate.lock"


@contextmanager
def running_alone(data_dir: Path) -> Iterator[None]:
    """Hold the folder for one `pingpong up`; raise StartError while another one holds it."""
    with (data_dir / UP_LOCK).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise StartError(
                f"The data folder {data_dir} is already run by another `pingpong up` "
                f"(process {holder})."
            ) from problem
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


@contextmanager
def migrating_alone(data_dir: Path) -> Iterator[None]:
    """Wait until no other process of this machine migrates, and keep others waiting."""
    with (data_dir / MIGRATION_LOCK).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
