"""The queues of a broker, for agents on other machines."""

import time
from typing import Any

from kombu.entity import Queue

from pingpong.kit.clock import utc_now
from pingpong.monitors.agents import served_locations
from pingpong.probe.contract import Batch, encode, queue_of

# The queue on which agents send what they found: beside the engine's own, so that neither waits.
OUTCOMES = "pingpong.outcomes"
_LOOKED_EVERY_S = 5.0


class ProbeQueues:
    """An outlet for every location from which an agent has reported itself of late.

    Nothing is sent where nobody is: a queue without a reader would only grow.
    """

    def __init__(self, app: Any) -> None:
        self._app = app
        self._served: frozenset[str] = frozenset()
        self._looked_at = float("-inf")

    def serves(self, location: str) -> bool:
        if time.monotonic() - self._looked_at >= _LOOKED_EVERY_S:
            self._served = served_locations(utc_now())
            self._looked_at = time.monotonic()
        return location in self._served

    def send(self, batch: Batch) -> None:
        name = queue_of(batch.location)
        with self._app.producer_or_acquire() as producer:
            producer.publish(
                encode(batch).decode(),
                exchange="",
                routing_key=name,
                declare=[self._queue(name)],
                serializer=None,
                content_type="application/json",
                content_encoding="utf-8",
                retry=False,
            )

    def _queue(self, name: str) -> Any:
        return Queue(name, durable=True)  # type: ignore[no-untyped-call] # kombu's
