"""Small chores of a process, on a thread of their own."""

import threading
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import close_old_connections

log = structlog.get_logger(__name__)


def every(interval: timedelta, chore: Callable[[], object], *, name: str) -> threading.Thread:
    """Do a chore again and again on a daemon thread; a failure is logged and the next try comes."""
    chores = threading.Thread(target=_repeat, args=(interval, chore, name), name=name, daemon=True)
    chores.start()
    return chores


def _repeat(interval: timedelta, chore: Callable[[], object], name: str) -> None:
    pause = threading.Event()
    while not pause.wait(interval.total_seconds()):
        do_calmly(chore, name=name)


def do_calmly(chore: Callable[[], object], *, name: str) -> None:
    """Do a chore once; nothing that it raises goes further than the log."""
    close_old_connections()
    try:
        chore()
    except Exception as problem:  # noqa: BLE001 -- the thread has to outlive any fault
        log.warning("chore_failed", chore=name, problem=type(problem).__name__)
    finally:
        close_old_connections()
