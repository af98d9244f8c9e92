from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import sleep
from typing import Any

import pytest

from pingpong.runtime.gate import ANSWERS_WITHIN_S, BURST_OVER_AFTER_S, BURST_S, Burst, Gate


def ask(gate: Gate) -> str:
    told: list[str] = []
    b"".join(
        gate(
            {"PATH_INFO": "/x", "REQUEST_METHOD": "GET"},
            lambda status, _headers: told.append(status),
        )
    )
    return told[0]


def test_a_burst_before_an_application_that_answers_is_let_in_whole() -> None:
    one_at_a_time = Lock()

    def answering(_environ: Any, start_response: Any) -> list[bytes]:
        with one_at_a_time:
            sleep(0.002)
        start_response("200 OK", [])
        return [b"x"]

    gate = Gate(answering, threads=6, at_once=2)
    with ThreadPoolExecutor(6) as server:
        answers = list(server.map(lambda _: ask(gate), range(60)))
    assert answers == ["200 OK"] * 60


@pytest.mark.parametrize(
    ("answered_ago", "full_for", "may_wait"),
    [
        (0.0, 0.0, True),
        (60.0, 0.0, True),
        (ANSWERS_WITHIN_S * 1.1, BURST_S * 0.5, False),
        (0.0, BURST_S * 0.9, True),
        (0.0, BURST_S * 1.1, False),
    ],
)
def test_waiting_is_for_short_bursts_before_an_application_that_answers(
    answered_ago: float, full_for: float, may_wait: bool
) -> None:
    burst = Burst()
    steps = 20
    for step in range(steps):
        burst.answered_at = 1000 + full_for * step / steps
        burst.may_wait(1000 + full_for * step / steps)
    now = 1000 + full_for
    burst.answered_at = now - answered_ago
    assert burst.may_wait(now) is may_wait


def test_a_room_that_was_not_full_for_a_while_makes_a_new_burst() -> None:
    burst = Burst()
    burst.may_wait(1000)
    later = 1000 + BURST_S + BURST_OVER_AFTER_S
    burst.answered_at = later
    assert burst.may_wait(later)
