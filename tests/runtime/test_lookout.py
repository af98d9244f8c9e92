import sqlite3
import threading
from collections.abc import Callable

import pytest

from pingpong.runtime.lookout import Requests, Watch, keep_watch


class Clock:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def requests(clock: Clock) -> Requests:
    return Requests(clock=clock)


def test_a_change_is_asked_about_once_while_nobody_looks(requests: Requests) -> None:
    assert requests.should_ask(changed=True)
    assert not requests.should_ask(changed=True)


def test_a_change_during_a_look_is_asked_about_again(requests: Requests) -> None:
    assert requests.should_ask(changed=True)
    requests.take()
    assert requests.should_ask(changed=True)


def test_nothing_is_asked_without_a_change(requests: Requests) -> None:
    assert not requests.should_ask(changed=False)


def test_a_request_that_got_lost_is_asked_anew(requests: Requests, clock: Clock) -> None:
    requests.should_ask(changed=True)
    clock.now += 2.5
    assert requests.should_ask(changed=True)


def test_a_postponed_look_is_asked_for_when_it_is_due(requests: Requests, clock: Clock) -> None:
    requests.postpone(0.3)
    assert requests.patience_s() == pytest.approx(0.3)
    assert not requests.should_ask(changed=False)
    clock.now += 0.3
    assert requests.should_ask(changed=False)
    requests.take()
    assert not requests.should_ask(changed=False)


def test_the_earlier_of_two_postponements_counts(requests: Requests) -> None:
    requests.postpone(0.3)
    requests.postpone(0.1)
    requests.postpone(0.2)
    assert requests.patience_s() == pytest.approx(0.1)


class Script:
    """A watch that does what it is told, call by call."""

    def __init__(self, steps: list[bool | Exception], stop: threading.Event) -> None:
        self.steps = steps
        self.stop = stop
        self.closed = 0

    def wait(self, timeout_s: float) -> bool:
        assert timeout_s <= 1.0
        if not self.steps:
            self.stop.set()
            return False
        step = self.steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step

    def close(self) -> None:
        self.closed += 1


def watch_through(
    steps: list[bool | Exception], *, ask: Callable[[], object], requests: Requests
) -> Script:
    stop = threading.Event()
    stop.wait = lambda timeout=None: timeout is not None and stop.is_set()  # type: ignore[method-assign]
    script = Script(steps, stop)

    def open_watch() -> Watch:
        return script

    keep_watch(open_watch, ask, requests=requests, stop=stop)
    return script


def test_the_first_look_needs_no_change(requests: Requests) -> None:
    asked: list[int] = []
    watch_through([], ask=lambda: asked.append(1), requests=requests)
    assert len(asked) == 1


def test_every_change_is_asked_about(requests: Requests) -> None:
    asked: list[int] = []

    def ask() -> None:
        asked.append(1)
        requests.take()

    script = watch_through([True, False, True], ask=ask, requests=requests)
    assert len(asked) == 3
    assert script.closed == 1


def test_a_lost_database_is_watched_again_and_looked_at(requests: Requests) -> None:
    asked: list[int] = []

    def ask() -> None:
        asked.append(1)
        requests.take()

    script = watch_through([sqlite3.OperationalError("away")], ask=ask, requests=requests)
    assert len(asked) == 2
    assert script.closed == 2


def test_a_broker_that_is_away_ends_nothing(requests: Requests) -> None:
    answers: list[Exception | None] = [ConnectionError("no broker"), None]

    def ask() -> None:
        answer = answers.pop(0)
        if answer is not None:
            raise answer

    watch_through([True], ask=ask, requests=requests)
    assert answers == []
