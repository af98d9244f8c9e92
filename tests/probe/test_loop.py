"""The loop and those who call it from elsewhere."""

import os
import threading
import time

import pytest

from pingpong.probe.loop import Loop
from pingpong.probe.witness import Witness
from probe.bench import Bench, Names, bench

PATIENCE_S = 5


def test_call_after_the_end_writes_into_nobody_elses_descriptor() -> None:
    loop = Loop()
    number = loop._wake_fd
    reader, writer = os.pipe()
    loop.close()
    os.dup2(writer, number)
    try:
        loop.call(print)
        os.close(writer)
        os.close(number)
        assert os.read(reader, 100) == b""
    finally:
        os.close(reader)


def test_loop_is_not_closed_while_somebody_writes_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = Loop()
    is_writing, goes_on = threading.Event(), threading.Event()
    order: list[str] = []
    write, close = os.eventfd_write, os.close

    def slow_write(fd: int, value: int) -> None:
        is_writing.set()
        goes_on.wait(PATIENCE_S)
        write(fd, value)
        order.append("written")

    def told_close(fd: int) -> None:
        close(fd)
        order.append("closed")

    monkeypatch.setattr(os, "eventfd_write", slow_write)
    monkeypatch.setattr(os, "close", told_close)
    caller = threading.Thread(target=loop.call, args=(print,))
    caller.start()
    is_writing.wait(PATIENCE_S)
    closer = threading.Thread(target=loop.close)
    closer.start()
    time.sleep(0.1)
    goes_on.set()
    caller.join(PATIENCE_S)
    closer.join(PATIENCE_S)
    assert order[:2] == ["written", "closed"]


def test_resolver_is_closed_while_it_can_still_call_the_loop() -> None:
    states: list[bool] = []

    class Told(Names):
        def close(self) -> None:
            states.append(lab.runner.loop._is_closed)

    lab: Bench
    with bench(names=Told()) as lab:
        pass
    assert states == [False]


def suspicion(loop: Loop, witness: Witness) -> list[bool]:
    """Let a witness doubt a failure, and return what it came to believe."""
    believed: list[bool] = []

    def told(belief: bool) -> None:
        believed.append(belief)
        loop.stop()

    loop.call(witness.suspect, "a.test", "", loop.now, told)
    loop.at(time.monotonic() + PATIENCE_S, loop.stop)
    loop.run()
    loop._is_stopped = False
    return believed


@pytest.mark.parametrize("fault", ["look", "thread"])
def test_look_that_fails_here_found_nothing_and_the_next_one_is_made(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = Loop()
    witness = Witness(loop, "")
    monkeypatch.setattr("pingpong.probe.witness.LOOKED_EVERY_S", 0.1)
    if fault == "look":
        witness._look = lambda: bool(1 / 0)
    else:
        monkeypatch.setattr(threading.Thread, "start", refuse)
    assert suspicion(loop, witness) == [False]
    assert not witness.is_connected
    monkeypatch.undo()
    witness._look = lambda: True
    assert suspicion(loop, witness) == [True]
    assert witness.is_connected
    loop.close()


def refuse(_thread: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


def test_what_is_due_at_the_same_instant_comes_in_order_and_outlives_a_fault() -> None:
    loop, done = Loop(), []
    when = time.monotonic()
    loop.at(when, done.append, 1)
    loop.at(when, int, "no number")
    loop.at(when, loop.at, when - 1, done.append, 2)
    loop.at(when, done.append, 3)
    loop.at(when + 0.001, loop.stop)
    loop.run()
    loop.close()
    assert done == [1, 3, 2]
