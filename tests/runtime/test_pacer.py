"""The schedule of an engine by itself: each task at its own pace."""

import time
from typing import Any

import pytest

from pingpong.runtime.broker import make_app
from pingpong.runtime.pacer import Pacer


class _Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    clock = _Clock()
    monkeypatch.setattr(time, "monotonic", clock.monotonic)
    return clock


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sent: list[str] = []

    def note(_pacer: Pacer, entry: Any, **_options: Any) -> None:
        sent.append(entry.name)

    monkeypatch.setattr(Pacer, "apply_entry", note)
    return sent


@pytest.fixture
def pacer() -> Pacer:
    pacer = Pacer(make_app("memory://"))
    pacer.Producer = lambda *_arguments, **_options: None
    return pacer


def test_each_task_is_sent_at_its_own_pace(clock: _Clock, sent: list[str], pacer: Pacer) -> None:
    assert pacer.tick() == pytest.approx(1.0)
    assert sent == []
    for _ in range(60):
        clock.now += 1.0
        pacer.tick()
    counts = {name: sent.count(name) for name in set(sent)}
    each_second = {"tick": 60, "turn": 60}
    each_other = {"post": 30, "prove": 30}
    seldom = {"review": 12, "beat": 6, "vouch": 2, "align": 1, "plan": 1, "sum_up": 1}
    assert counts == {**each_second, **each_other, **seldom}


def test_a_pace_is_kept_though_the_sleep_is_inexact(
    clock: _Clock, sent: list[str], pacer: Pacer
) -> None:
    pacer.tick()
    clock.now += 1.2
    assert pacer.tick() == pytest.approx(0.8)
    assert sent.count("tick") == 1


def test_what_was_slept_through_is_sent_once(clock: _Clock, sent: list[str], pacer: Pacer) -> None:
    pacer.tick()
    clock.now += 500
    pacer.tick()
    assert sent.count("tick") == 1
    pacer.tick()
    clock.now += 0.5
    assert pacer.tick() <= 1.0
