"""The broker in memory: what comes wakes who sleeps, and nothing is overheard."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from kombu import Connection, Consumer, Producer, Queue

from pingpong.runtime import inbox

QUEUE = Queue("test-inbox")


@pytest.fixture
def connection() -> Iterator[Any]:
    inbox.install()
    with Connection("memory://localhost/") as connection:
        assert isinstance(connection.transport, inbox.Transport)
        yield connection


@pytest.fixture
def got() -> list[Any]:
    return []


@pytest.fixture
def consumer(connection: Any, got: list[Any]) -> Iterator[Any]:
    with Consumer(connection, [QUEUE], on_message=got.append) as consumer:
        yield consumer


def send(text: str) -> None:
    with Connection("memory://localhost/") as other:
        Producer(other).publish(text, routing_key=QUEUE.name, declare=[QUEUE])


@pytest.mark.usefixtures("consumer")
def test_a_message_from_another_thread_wakes_the_consumer(connection: Any, got: list[Any]) -> None:
    threading.Timer(0.1, send, ["now"]).start()
    began = time.monotonic()
    _drain(connection, until=lambda: bool(got))
    assert time.monotonic() - began < 1.0
    assert [one.payload for one in got] == ["now"]


@pytest.mark.usefixtures("consumer")
def test_every_message_of_many_comes_once_and_in_order(connection: Any, got: list[Any]) -> None:
    threading.Thread(target=lambda: [send(str(number)) for number in range(50)]).start()
    _drain(connection, until=lambda: len(got) == 50)
    assert [one.payload for one in got] == [str(number) for number in range(50)]


@pytest.mark.usefixtures("consumer")
def test_without_a_message_the_wait_ends_in_time(connection: Any) -> None:
    _quieten(connection)
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        connection.drain_events(timeout=0.2)
    assert 0.15 < time.monotonic() - began < 1.0


@pytest.mark.usefixtures("consumer")
def test_a_ring_ends_the_wait_so_that_the_worker_may_stop(connection: Any) -> None:
    _quieten(connection)
    threading.Timer(0.1, inbox.ring).start()
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        connection.drain_events(timeout=5)
    assert time.monotonic() - began < 1.0


def test_room_for_more_wakes_a_consumer_that_had_none(
    connection: Any, consumer: Any, got: list[Any]
) -> None:
    consumer.qos(prefetch_count=1)
    send("first")
    send("second")
    _drain(connection, until=lambda: len(got) == 1)
    _quieten(connection)
    threading.Timer(0.1, got[0].ack).start()
    began = time.monotonic()
    _drain(connection, until=lambda: len(got) == 2)
    assert time.monotonic() - began < 1.0
    got[1].ack()


def test_what_is_given_back_comes_again(connection: Any, consumer: Any, got: list[Any]) -> None:
    consumer.qos(prefetch_count=1)
    send("again")
    _drain(connection, until=lambda: len(got) == 1)
    got[0].requeue()
    _drain(connection, until=lambda: len(got) == 2)
    assert got[1].payload == "again"
    got[1].ack()


def _drain(connection: Any, *, until: Any) -> None:
    deadline = time.monotonic() + 5
    while not until():
        assert time.monotonic() < deadline
        try:
            connection.drain_events(timeout=2)
        except TimeoutError:
            continue


def _quieten(connection: Any) -> None:
    """Let earlier rings be heard."""
    with pytest.raises(TimeoutError):
        connection.drain_events(timeout=0.01)
