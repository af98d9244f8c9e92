"""The engine: Celery's worker in threads, its beat and the watch over the rows, in one process.

`pingpong engine` is all of it, `pingpong worker` has no beat, `pingpong beat` is nothing else.
"""

import gc
import os
import signal
import threading
import time
from functools import partial
from typing import Any

import structlog
from celery.beat import EmbeddedService, Service
from celery.worker import state
from django.conf import settings
from django.db import Error

from . import heartbeat, inbox, outlets
from .broker import IN_PROCESS, make_app
from .lookout import keep_watch
from .pacer import Pacer
from .probe_pipe import ProbePipe
from .probe_queues import OUTCOMES, ProbeQueues
from .problem import StartError
from .watches import open_watch

log = structlog.get_logger(__name__)

THREADS = 4
# A stop that waits longer, for a broker or a database that does not answer, is cut short.
STOPS_WITHIN_S = 2.5
_BEGINS_WITH = ("beat", "look", "align", "plan", "vouch", "housekeep")
_PAUSE_S = 2.0
_COLLECTED_AFTER = 20_000


def run_engine() -> int:
    """Run until SIGTERM or SIGINT; return the exit code."""
    app = make_app(settings.BROKER_URL)
    beat = EmbeddedService(app, thread=True, scheduler_cls=Pacer)
    beat.start()
    return _work(app)


def run_worker() -> int:
    """Run tasks and nothing else, beside beats and other workers; raises StartError."""
    _require_broker("worker")
    return _work(make_app(settings.BROKER_URL))


def run_beat() -> int:
    """Run the schedule: any number may, one leads. Raises StartError."""
    _require_broker("beat")
    from .metronome import Metronome

    app = make_app(settings.BROKER_URL)
    stop = threading.Event()
    service = Service(app, max_interval=1, scheduler_cls=Metronome)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _end_beat(stop, service))
    log.info("beat_started")
    while not stop.is_set():
        try:
            service.start(embedded_process=True)
        except Exception as problem:  # noqa: BLE001 -- it lost its lead, or the broker: try again
            log.warning("beat_interrupted", problem=type(problem).__name__)
        if not stop.is_set():
            time.sleep(_PAUSE_S)
            service = Service(app, max_interval=1, scheduler_cls=Metronome)
    log.info("beat_stopped")
    return os.EX_OK


def _end_beat(stop: threading.Event, service: Service) -> None:
    stop.set()
    _end_soon()
    service.stop()


def _require_broker(command: str) -> None:
    if settings.BROKER_URL.startswith(IN_PROCESS):
        raise StartError(
            f"`pingpong {command}` needs a broker that others reach too: set BROKER_URL."
        )


def _work(app: Any) -> int:
    stop = threading.Event()
    pipe = _open_outlets(app)
    worker = app.WorkController(
        pool_cls="threads",
        concurrency=THREADS,
        queues=[app.conf.task_default_queue, OUTCOMES],
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        ready_callback=partial(_begin, app),
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, partial(_end, stop))
    watching = threading.Thread(
        target=keep_watch,
        args=(open_watch, app.tasks["pingpong.look"].delay),
        kwargs={"stop": stop},
        name="watch",
        daemon=True,
    )
    watching.start()
    # All that is loaded stays: to look through it again and again costs more than what is found.
    gc.freeze()
    gc.set_threshold(_COLLECTED_AFTER)
    worker.start()
    if pipe is not None:
        pipe.stop()
    try:
        heartbeat.end_beat()
    except Error as problem:
        log.warning("last_beat_failed", problem=type(problem).__name__)
    log.info("engine_stopped")
    return int(worker.exitcode or 0)


def _open_outlets(app: Any) -> ProbePipe | None:
    """Open the ways to probes: the supervisor's pipe first, then what a broker reaches."""
    pipe = ProbePipe.inherited(settings.LOCAL_LOCATIONS)
    if pipe is not None:
        outlets.add(pipe)
        pipe.start()
    if not settings.BROKER_URL.startswith(IN_PROCESS):
        outlets.add(ProbeQueues(app))
    return pipe


def _begin(app: Any, _consumer: Any) -> None:
    """Run once the broker answers, at the start and after each loss of it."""
    log.info("engine_started", broker=app.connection().transport_cls)
    for name in _BEGINS_WITH:
        app.tasks[f"pingpong.{name}"].delay()


def _end(stop: threading.Event, *_: object) -> None:
    stop.set()
    state.should_stop = os.EX_OK
    inbox.ring()
    _end_soon()


def _end_soon() -> None:
    last_resort = threading.Timer(STOPS_WITHIN_S, os._exit, args=(os.EX_OK,))
    last_resort.daemon = True
    last_resort.start()
