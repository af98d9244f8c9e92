import time
from datetime import timedelta

import pytest
import time_machine

from pingpong.runtime.steady import STEP_S, StepDetector, every, steady_now


def test_schedule_goes_on_when_the_wall_clock_is_set_back() -> None:
    schedule = every(1.0)
    last = steady_now() - timedelta(seconds=2)
    with time_machine.travel("2020-01-01T00:00:00Z"):
        assert schedule.is_due(last).is_due


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, False), (3600, False), (-STEP_S - 1, True), (-0.5, False)]
)
def test_only_a_real_step_back_is_one(
    monkeypatch: pytest.MonkeyPatch, seconds: float, expected: bool
) -> None:
    detector = StepDetector()
    real = time.time
    monkeypatch.setattr("pingpong.runtime.steady.time.time", lambda: real() + seconds)
    assert detector.was_set_back() is expected


def test_step_back_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    detector = StepDetector()
    real = time.time
    monkeypatch.setattr("pingpong.runtime.steady.time.time", lambda: real() - 60)
    assert [detector.was_set_back() for _ in range(2)] == [True, False]
