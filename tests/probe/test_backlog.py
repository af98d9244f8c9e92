"""What lay in a queue before a probe came."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pingpong.probe.backlog import MOST_OUT, Backlog
from pingpong.probe.contract import Assignment, Batch, Check
from probe.agents import FarCore, OwnRedis, agent
from probe.farm import Farm


class Message:
    def __init__(self) -> None:
        self.acknowledged = 0

    def ack(self) -> None:
        self.acknowledged += 1


def batch(sent_at: float) -> Batch:
    return Batch(str(sent_at), "Test", sent_at, [Assignment(1, int(sent_at), Check())])


def given(backlog: Backlog) -> list[tuple[float, bool]]:
    found: list[tuple[float, bool]] = []
    backlog.give(lambda one, message: found.append((one.sent_at, message is None)))
    return found


def test_backlog_passes_on_the_newest_first_and_forgets_the_old() -> None:
    backlog = Backlog()
    messages = [Message() for _ in range(4)]
    for sent_at, message in zip((1000, 4500, 4600, 4550), messages, strict=True):
        backlog.add(batch(sent_at), message)
    assert given(backlog) == [(4600, False), (4550, False), (4500, False)]
    assert [one.acknowledged for one in messages] == [1, 0, 0, 0]
    assert backlog.dropped == 1


def test_long_backlog_is_acknowledged_early_so_that_all_of_it_comes() -> None:
    backlog = Backlog()
    messages = [Message() for _ in range(3600)]
    for number, message in enumerate(messages):
        backlog.add(batch(number), message)
        assert sum(not one.acknowledged for one in messages[: number + 1]) <= MOST_OUT
    found = given(backlog)
    assert [sent_at for sent_at, _ in found] == list(range(3599, 3478, -1))
    assert max(one.acknowledged for one in messages) == 1
    assert backlog.dropped == 3600 - 121


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[OwnRedis]:
    one = OwnRedis(tmp_path)
    one.start()
    yield one
    one.kill()


@pytest.mark.probe
def test_agent_that_comes_back_does_what_is_new_and_not_what_is_an_hour_old(
    tmp_path: Path, redis: OwnRedis, location: str, farm: Farm
) -> None:
    far = FarCore(redis.url, location)
    now = time.time()
    before = len(farm.requests)
    for number in range(120):
        far.send([Check(url=farm.url("/"))], first=number + 1, sent_at=now - 3600 + number)
    slot = far.send([Check(url=farm.url("/"))], first=500)
    with agent(redis.url, tmp_path, location) as one:
        outcomes = far.listen(1)
        assert [(found.watch, found.slot, found.word) for found in outcomes] == [(500, slot, "up")]
        slot = far.send([Check(url=farm.url("/"))], first=501)
        assert [found.watch for found in far.listen(2)] == [500, 501]
        assert one.stop() == 0
    assert len(farm.requests) == before + 2
    assert "backlog_dropped" in one.events()
