"""Takes batches from a broker's queues, on a thread of its own, for ever."""

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import msgspec
import structlog

from .backlog import Backlog
from .contract import Batch, queue_of, read_from_core
from .job import Taken

# Of a batch that nobody acknowledged in this time the broker thinks that its taker is dead.
VISIBLE_AFTER_S = 30
MOST_BATCHES = 50
_DRAINED_FOR_S = 0.25
# The queues are empty when nothing came for so long; a busy core's may never be.
_QUIET_FOR_S = 0.5
_BACKLOG_WITHIN_S = 5.0
_NO_GENERATION = -1
_RECONNECTED_AFTER_S = 1.0
_CONNECTED_WITHIN_S = 5.0
_HEARTBEAT_S = 10

log = structlog.get_logger(__name__)

OnBatch = Callable[[Batch, Taken], None]


class QueueConsumer:
    """At most 50 batches are out at a time. `settle` may be called by any thread."""

    def __init__(self, broker_url: str, locations: Sequence[str], on_batch: OnBatch) -> None:
        self._kombu: Any = import_module("kombu")  # late: a local probe does without it
        self._url = broker_url
        self._locations = locations
        self._on_batch = on_batch
        self._backlog: Backlog | None = None
        self._settled: deque[Any] = deque()
        self._generation = 0  # of the connection: a message may only be acknowledged on its own
        self._is_taking = True
        self._is_away = False
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="queue-consumer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def settle(self, taken: Taken) -> None:
        self._settled.append(taken.tag)

    def stop_taking(self) -> None:
        self._is_taking = False

    def stop(self) -> None:
        """Acknowledge what is settled, and let go of the rest."""
        self._is_stopping.set()
        self._thread.join(_CONNECTED_WITHIN_S)

    def _run(self) -> None:
        while not self._is_stopping.is_set():
            try:
                with self._kombu.Connection(
                    self._url,
                    connect_timeout=_CONNECTED_WITHIN_S,
                    heartbeat=_HEARTBEAT_S,
                    transport_options=transport_options(self._url),
                ) as connection:
                    self._consume(connection)
            except Exception as problem:  # noqa: BLE001 -- each transport has errors of its own
                self._tell_away(problem)
                self._is_stopping.wait(_RECONNECTED_AFTER_S)

    def _consume(self, connection: Any) -> None:
        self._generation += 1
        channel = connection.channel()
        queues = [self._kombu.Queue(queue_of(one), durable=True) for one in self._locations]
        consumer = self._kombu.Consumer(
            channel, queues, on_message=self._received, auto_declare=True
        )
        consumer.qos(prefetch_count=MOST_BATCHES)
        self._backlog = Backlog()
        consumer.consume()
        self._tell_back()
        self._read_backlog(connection, self._backlog)
        beaten_at = time.monotonic()
        while self._is_taking and not self._is_stopping.is_set():
            self._acknowledge()
            with contextlib.suppress(TimeoutError):
                connection.drain_events(timeout=_DRAINED_FOR_S)
            if connection.supports_heartbeats and time.monotonic() - beaten_at > 1:
                beaten_at = time.monotonic()
                connection.heartbeat_check()
        consumer.cancel()
        while not self._is_stopping.wait(_DRAINED_FOR_S):
            self._acknowledge()
        self._acknowledge()

    def _read_backlog(self, connection: Any, backlog: Backlog) -> None:
        """Take what lay in the queues before anything of it is passed on."""
        until = time.monotonic() + _BACKLOG_WITHIN_S
        with contextlib.suppress(TimeoutError):
            while not self._is_stopping.is_set() and time.monotonic() < until:
                connection.drain_events(timeout=_QUIET_FOR_S)
        self._backlog = None
        backlog.give(self._pass_on)
        if backlog.dropped:
            log.info("backlog_dropped", batches=backlog.dropped)

    def _received(self, message: Any) -> None:
        body = message.body
        try:
            batch = read_from_core(body)
        except (msgspec.DecodeError, msgspec.ValidationError):
            batch = None
        if not isinstance(batch, Batch) or not batch.assignments:
            log.warning("message_not_read", bytes=len(body))
            message.ack()
            return
        if self._backlog is None:
            self._pass_on(batch, message)
        else:
            self._backlog.add(batch, message)

    def _pass_on(self, batch: Batch, message: Any) -> None:
        """Hand a batch over; one without a message is acknowledged already."""
        generation = self._generation if message is not None else _NO_GENERATION
        tag = (generation, message)
        self._on_batch(batch, Taken(batch.id, len(batch.assignments), tag))

    def _acknowledge(self) -> None:
        """Acknowledge on this connection; what came on an earlier one comes again anyway."""
        settled = self._settled
        for _ in range(len(settled)):
            generation, message = settled.popleft()
            if generation == self._generation:
                message.ack()

    def _tell_away(self, problem: Exception) -> None:
        if not self._is_away:
            self._is_away = True
            log.warning("broker_away", problem=type(problem).__name__)

    def _tell_back(self) -> None:
        if self._is_away:
            self._is_away = False
            log.info("broker_back")


def transport_options(broker_url: str) -> dict[str, Any]:
    """Return what kombu has to know of a broker of this kind."""
    if not broker_url.startswith(("redis", "rediss", "sentinel")):
        return {}
    return {
        "visibility_timeout": VISIBLE_AFTER_S,
        "unacked_restore_interval": 2,
        "socket_connect_timeout": _CONNECTED_WITHIN_S,
        "socket_timeout": _CONNECTED_WITHIN_S,
        "socket_keepalive": True,
    }
