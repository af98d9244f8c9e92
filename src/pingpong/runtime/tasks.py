"""The engine's tasks: shells around verbs that live elsewhere."""

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from celery import shared_task
from celery.exceptions import Reject
from django.db import Error, close_old_connections

from pingpong.accounts import old_sessions, outbox
from pingpong.api import results
from pingpong.custom_metrics import hours, intake
from pingpong.kit.clock import utc_now
from pingpong.kit.egress import txt_records
from pingpong.maintenance.clock import turn_clock
from pingpong.maintenance.planning import plan_due
from pingpong.monitors import agenda, judging, months, retention, watches
from pingpong.monitors.intake import tell
from pingpong.pages import access, domains
from pingpong.public import render

from . import consumers, heartbeat, outlets, postman
from .lookout import requests
from .probe_door import NotStoredError, take_message
from .repeat import do_calmly
from .stillness import is_still

log = structlog.get_logger(__name__)

# Seconds after which a message says nothing new: the next one of its kind has come.
OUTDATED_S = 10
# Before a message that could not be stored is tried again.
PAUSE_S = 1.0

_started_at = utc_now()
_rendered = 0
_counting = threading.Lock()
_posting = threading.Lock()
_proving = threading.Lock()
_database_is_away = threading.Event()


def _task(function: Callable[[], None]) -> Any:
    """Make a task that bears an absent database, and says so once when it goes and comes."""
    name = f"pingpong.{function.__name__}"

    def perform() -> None:
        close_old_connections()
        try:
            function()
        except Error as problem:
            if not _database_is_away.is_set():
                _database_is_away.set()
                log.warning("database_away", task=name, problem=str(problem).partition("\n")[0])
        else:
            if _database_is_away.is_set():
                _database_is_away.clear()
                log.info("database_back", task=name)
        finally:
            close_old_connections()

    return shared_task(name=name, expires=OUTDATED_S)(perform)


@_task
def look() -> None:
    """Act on what was committed: render first, for that is what people wait for."""
    requests.take()
    _render()
    consumers.consume_events(utc_now())


@_task
def turn() -> None:
    """Act on what the clock alone brings, and on what a lost message left."""
    now = utc_now()
    if is_still(now):
        return
    try:
        turn_clock(now)
    finally:
        _render()
    consumers.consume_events(utc_now())


@_task
def plan() -> None:
    """Make the windows of maintenance that repeats, weeks ahead."""
    plan_due(utc_now())


@_task
def tick() -> None:
    """Send out the checks that are due."""
    agenda.tick(utc_now(), outlets.known())


@_task
def review() -> None:
    """Look for what got lost: checks without an outcome, verdicts that nobody has renewed."""
    now = utc_now()
    agenda.retake(now, outlets.known())
    judging.expire(now, tell=partial(tell, now=now))


@_task
def align() -> None:
    """Bring watches in step with where this installation looks from."""
    watches.sync_all(now=utc_now())


def take(message: str) -> None:
    """Take in a message of an agent; without a database it goes back to the queue."""
    close_old_connections()
    try:
        take_message(message, now=utc_now())
    except NotStoredError as problem:
        log.warning("outcomes_not_stored", problem=str(problem))
        time.sleep(PAUSE_S)
        raise Reject(requeue=True) from problem
    finally:
        close_old_connections()


shared_task(name="pingpong.take")(take)


@_task
def vouch() -> None:
    """Say of the stored pages that they are still what the rows say."""
    render.vouch(utc_now())


@_task
def prove() -> None:
    """Look in the DNS for the proofs of hosts; one look at a time, as name servers let us wait."""
    if _proving.acquire(blocking=False):
        try:
            domains.check_due(utc_now(), txt_records)
        finally:
            _proving.release()


@_task
def post() -> None:
    """Hand letters to the mail server: one at a time, as it may let us wait."""
    if _posting.acquire(blocking=False):
        try:
            postman.send_letters(utc_now())
        finally:
            _posting.release()


@_task
def beat() -> None:
    """Give a sign of life."""
    heartbeat.beat(started_at=_started_at, pages_rendered=_rendered, now=utc_now())


@_task
def sum_up() -> None:
    """Sum up the hours of custom metrics that are over."""
    hours.sum_up(utc_now())


@_task
def housekeep() -> None:
    """Delete what nothing needs any more."""
    chores = {
        "data-points": intake.forget_old,
        "engines": heartbeat.forget_dead_engines,
        "results": results.forget_old,
        "letters": outbox.forget_old,
        "page-passwords": access.forget_old,
        "hosts": domains.forget_old,
        "sessions": old_sessions.forget_old,
        "measurements": retention.forget_old,
        "months": months.freeze_months,
    }
    for name, chore in chores.items():
        do_calmly(partial(chore, utc_now()), name=name)


def _render() -> None:
    global _rendered  # noqa: PLW0603 -- one figure of one process
    now = utc_now()
    rendered = render.render_due_pages(now)
    with _counting:
        _rendered += rendered
    postponed_s = render.seconds_until_due(now)
    if postponed_s is not None:
        requests.postpone(postponed_s)
