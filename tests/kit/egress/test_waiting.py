"""What waits for a thread of ours is not taken for what waits for a name server."""

import math
import threading
import time
from collections.abc import Iterator

import pytest

from pingpong.kit.egress import (
    Asked,
    Lanes,
    NotAskedError,
    Resolver,
    ResolverUnavailableError,
    has_waited,
    resolver,
)

PATIENCE_S = 10


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Return what ends the silence of the system's resolver; names with `good` are answered."""
    end = threading.Event()

    def ask(host: str, _ip_version: int) -> list[str]:
        if "good" not in host:
            end.wait(PATIENCE_S)
            raise ResolverUnavailableError(host)
        return ["9.9.9.9"]

    monkeypatch.setattr(resolver, "ask", ask)
    yield end
    end.set()


def test_lookup_that_no_thread_has_taken_is_not_begun(silence: threading.Event) -> None:
    one = Resolver(threads=1)
    asked = one.lookup("dead.test", 0)
    waiting = one.lookup("good.test", 0)
    while asked.begun_at == math.inf:
        time.sleep(0.01)
    assert waiting.begun_at == math.inf
    silence.set()
    assert waiting.result(PATIENCE_S).addresses == ("9.9.9.9",)
    assert asked.begun_at < waiting.begun_at < time.monotonic()
    one.close()


def test_lookup_of_a_resolver_that_is_closed_says_nothing_of_the_name(
    silence: threading.Event,
) -> None:
    one = Resolver(threads=1)
    lookups = [one.lookup("dead.test", 0), one.lookup("good.test", 0)]
    one.close()
    one.close()
    assert [type(asked.exception(PATIENCE_S)) for asked in lookups] == [NotAskedError] * 2
    assert not silence.is_set()


def test_lookup_cannot_be_cancelled() -> None:
    asked = Asked()
    assert not asked.cancel()
    assert not asked.cancelled()


def test_many_names_that_were_slow_leave_room_for_one_that_answers_now(
    silence: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Resolver(threads=4, ttl_s=0)
    names = [*(f"dead{number}.test" for number in range(25)), "good.test"]
    for name in names:
        one._lanes.took((name, 0), 1)
    for name in names[:-1]:
        one.lookup(name, 0)
    assert one.lookup("good.test", 0).result(PATIENCE_S).addresses == ("9.9.9.9",)
    assert not silence.is_set()
    one.close()


@pytest.mark.parametrize(
    ("begun_at", "has"), [(99.0, False), (104.9, False), (105.1, True), (math.inf, True)]
)
def test_question_has_waited_when_most_of_its_time_went_by_here(begun_at: float, has: bool) -> None:
    assert has_waited(100, begun_at, 10) == has


def test_lanes_that_get_no_thread_go_on_with_those_they_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    lanes: Lanes[str] = Lanes(done.append, "test", threads=2)
    lanes.put("a", "a")
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", _refuse)
        lanes.put("b", "b")
    deadline = time.monotonic() + PATIENCE_S
    while len(done) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert done == ["a", "b"]
    lanes.close()


def _refuse(_thread: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")
