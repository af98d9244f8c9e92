"""The broker to a core elsewhere: batches from queues, outcomes as tasks of the core."""

import threading
from collections.abc import Sequence
from typing import Any

import structlog

from .job import Taken
from .queue_consumer import QueueConsumer, transport_options
from .transport import Handed, OnBatch, OnReceipt

TASK = "pingpong.take"
QUEUE = "pingpong.outcomes"

log = structlog.get_logger(__name__)


class BrokerTransport:
    """The broker keeps what it took, so that no receipts are needed."""

    def __init__(self, broker_url: str, locations: Sequence[str]) -> None:
        self._url = broker_url
        self._locations = locations
        self._news = threading.Event()
        self._is_away = False
        self._app = _client(broker_url)
        self._producer: Any = None

    def start(self, on_batch: OnBatch, _on_receipt: OnReceipt) -> None:
        self._consumer = QueueConsumer(self._url, self._locations, on_batch)
        self._consumer.start()

    def send(self, payload: bytes) -> Handed:
        try:
            if self._producer is None:
                self._producer = self._app.amqp.Producer(self._app.connection_for_write())
            self._app.send_task(
                TASK,
                args=[payload.decode()],
                queue=QUEUE,
                ignore_result=True,
                retry=False,
                producer=self._producer,
            )
        except Exception as problem:  # noqa: BLE001 -- each transport has errors of its own
            self._hang_up()
            if not self._is_away:
                self._is_away = True
                log.warning("outcomes_wait", problem=type(problem).__name__)
            return Handed.REFUSED
        self._is_away = False
        return Handed.ARRIVED

    def wait(self, timeout_s: float) -> bool:
        self._news.wait(max(timeout_s, 0))
        self._news.clear()
        return True

    def wake(self) -> None:
        self._news.set()

    def settle(self, taken: Taken) -> None:
        self._consumer.settle(taken)

    def stop_taking(self) -> None:
        self._consumer.stop_taking()

    def close(self) -> None:
        self._consumer.stop()
        self._hang_up()
        self._app.close()

    def _hang_up(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            try:
                producer.connection.release()
            except Exception as problem:  # noqa: BLE001 -- it is gone already
                log.debug("broker_not_released", problem=type(problem).__name__)


def _client(broker_url: str) -> Any:
    """Make a Celery client without tasks, results and settings of its own."""
    from celery import Celery

    app = Celery("pingpong-agent", broker=broker_url, set_as_current=False)
    app.conf.update(
        broker_transport_options=transport_options(broker_url),
        broker_connection_retry=False,
        broker_connection_timeout=3,
        task_ignore_result=True,
        task_create_missing_queues=True,
    )
    return app
