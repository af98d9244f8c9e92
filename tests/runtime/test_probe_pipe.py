"""The engine's end of the pipe, over a real pair of sockets (a socket pair reaches nobody)."""

import socket
import time
from collections.abc import Iterator
from unittest.mock import patch

import pytest

from factories.metrics import make_monitor
from factories.pages import make_page
from pingpong.kit.clock import utc_now
from pingpong.monitors.models import RawOutcome
from pingpong.probe.contract import (
    Assignment,
    Batch,
    Check,
    Outcome,
    Outcomes,
    Receipt,
    encode,
    read_from_core,
)
from pingpong.runtime import probe_pipe
from pingpong.runtime.probe_door import NotStoredError
from pingpong.runtime.probe_pipe import ProbePipe
from pingpong.runtime.probe_wire import LARGEST_PACKET, make_pair

pytestmark = pytest.mark.django_db(transaction=True)

WITHIN_S = 10


@pytest.fixture
def ends() -> Iterator[tuple[ProbePipe, socket.socket]]:
    core, probe = make_pair()
    probe.settimeout(WITHIN_S)
    pipe = ProbePipe(core, frozenset({"Japan"}))
    yield pipe, probe
    pipe.stop()
    probe.close()
    core.close()


def batch(size: int = 1) -> Batch:
    check = Check(url="https://acme.example/")
    return Batch("b", "Japan", 0.0, [Assignment(n, n, check) for n in range(size)])


def found(watch_id: int) -> bytes:
    outcome = Outcome(watch_id, int(utc_now().timestamp()), "up")
    return encode(Outcomes("id-1", "probe", "local", "US West", time.time(), [outcome]))


def test_batch_arrives_whole(ends: tuple[ProbePipe, socket.socket]) -> None:
    pipe, probe = ends
    sent = batch(150)
    pipe.send(sent)
    assert read_from_core(probe.recv(LARGEST_PACKET)) == sent
    assert (pipe.serves("Japan"), pipe.serves("Brazil")) == (True, False)


def test_probe_that_does_not_read_holds_nobody_up(ends: tuple[ProbePipe, socket.socket]) -> None:
    pipe, _ = ends
    begun = time.monotonic()
    with patch.object(probe_pipe, "_PATIENCE_S", 0.01):
        for _ in range(200):
            pipe.send(batch(150))
    assert time.monotonic() - begun < WITHIN_S


def test_outcomes_get_a_receipt_once_they_are_stored(
    ends: tuple[ProbePipe, socket.socket],
) -> None:
    pipe, probe = ends
    watch = make_monitor(make_page(), url="https://acme.example/").watches.get()
    thread = pipe.start()
    probe.send(found(watch.pk))
    assert read_from_core(probe.recv(LARGEST_PACKET)) == Receipt(["id-1"])
    assert RawOutcome.objects.count() == 1
    pipe.stop()
    thread.join(WITHIN_S)


def test_outcomes_that_could_not_be_stored_get_none(
    ends: tuple[ProbePipe, socket.socket],
) -> None:
    pipe, probe = ends
    watch = make_monitor(make_page(), url="https://acme.example/").watches.get()
    refusals = [NotStoredError("OperationalError")]

    def refuse_once(packet: bytes, **_: object) -> str:
        if refusals:
            raise refusals.pop()
        return "id-2"

    with (
        patch.object(probe_pipe, "take_message", refuse_once),
        patch.object(probe_pipe, "_PAUSE_S", 0.01),
    ):
        thread = pipe.start()
        probe.send(found(watch.pk))
        probe.send(found(watch.pk))
        assert read_from_core(probe.recv(LARGEST_PACKET)) == Receipt(["id-2"])
        pipe.stop()
        thread.join(WITHIN_S)


def test_full_pipe_is_given_up_while_somebody_listens(
    ends: tuple[ProbePipe, socket.socket],
) -> None:
    pipe, _ = ends
    pipe.start()
    with patch.object(probe_pipe, "_PATIENCE_S", 0.01):
        for _ in range(200):
            pipe.send(batch(150))
