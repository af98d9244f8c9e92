"""The engine: Celery's worker in threads, its beat and the watch over the rows, in one process."""

import os
import signal
import threading
from functools import partial
from typing import Any

import structlog
from celery.beat import EmbeddedService
from celery.worker import state
from django.conf import settings
from django.db import Error

from . import heartbeat
from .broker import make_app
from .lookout import keep_watch
from .watches import open_watch

log = structlog.get_logger(__name__)

THREADS = 4
# A stop that waits longer, for a broker or a database that does not answer, is cut short.
STOPS_WITHIN_S = 2.5


def run_engine() -> int:
    """Run until SIGTERM or SIGINT; return the exit code."""
    app = make_app(settings.BROKER_URL)
    stop = threading.Event()
    worker = app.WorkController(
        pool_cls="threads",
        concurrency=THREADS,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        ready_callback=partial(_begin, app),
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, partial(_end, stop))
    beat = EmbeddedService(app, thread=True, scheduler_cls="celery.beat:Scheduler")
    beat.start()
    watching = threading.Thread(
        target=keep_watch,
        args=(open_watch, app.tasks["pingpong.look"].delay),
        kwargs={"stop": stop},
        name="watch",
        daemon=True,
    )
    watching.start()
    worker.start()
    try:
        heartbeat.end_beat()
    except Error as problem:
        log.warning("last_beat_failed", problem=type(problem).__name__)
    log.info("engine_stopped")
    return int(worker.exitcode or 0)


def _begin(app: Any, _consumer: Any) -> None:
    """Run once the broker answers, at the start and after each loss of it."""
    log.info("engine_started", broker=app.connection().transport_cls)
    for name in ("beat", "look", "vouch", "housekeep"):
        app.tasks[f"pingpong.{name}"].delay()


def _end(stop: threading.Event, *_: object) -> None:
    stop.set()
    state.should_stop = os.EX_OK
    last_resort = threading.Timer(STOPS_WITHIN_S, os._exit, args=(os.EX_OK,))
    last_resort.daemon = True
    last_resort.start()
