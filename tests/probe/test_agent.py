"""An agent, its core, and a real broker between them."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.product import eventually
from pingpong.probe.contract import Check
from probe.agents import FarCore, OwnRedis, agent
from probe.farm import Farm

pytestmark = pytest.mark.probe


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[OwnRedis]:
    one = OwnRedis(tmp_path)
    one.start()
    yield one
    one.kill()


def slow_requests(farm: Farm) -> int:
    return sum(request.path == "/slow" for request in farm.requests)


def test_agent_takes_batches_of_its_location_and_sends_outcomes(
    tmp_path: Path, broker_url: str, location: str, farm: Farm
) -> None:
    far = FarCore(broker_url, location)
    with agent(broker_url, tmp_path, location) as one:
        report = far.hear_report()
        assert (report.agent, report.vantage, report.locations) == ("a1", "here", [location])
        slot = far.send([Check(url=farm.url("/")), Check(url=farm.url("/status?code=500"))])
        outcomes = sorted(far.listen(2), key=lambda outcome: outcome.watch)
        assert [(o.watch, o.slot, o.word) for o in outcomes] == [
            (1, slot, "up"),
            (2, slot, "status_unexpected"),
        ]
        assert one.stop() == 0
        assert one.events() == ["probe_started", "probe_stopped"]


def test_batch_of_an_agent_that_was_killed_goes_to_another(
    tmp_path: Path, broker_url: str, location: str, farm: Farm
) -> None:
    far = FarCore(broker_url, location)
    with agent(broker_url, tmp_path, location) as one:
        far.hear_report()
        far.send([Check(url=farm.url("/slow?s=2"))])
        eventually(lambda: slow_requests(farm) > 0, within_s=60, what="it is asked")
        one.kill()
    with agent(broker_url, tmp_path, location, name="a2"):
        outcomes = far.listen(1, within_s=60)
    assert [one.word for one in outcomes] == ["up"]
    assert {message.agent for message in far.messages} == {"a2"}


def test_agent_goes_on_without_its_broker_and_sends_everything_when_it_is_back(
    tmp_path: Path, redis: OwnRedis, location: str, farm: Farm
) -> None:
    far = FarCore(redis.url, location)
    earlier = slow_requests(farm)
    with agent(redis.url, tmp_path, location) as one:
        far.hear_report()
        far.send([Check(url=farm.url("/slow?s=1"))] * 20)
        eventually(lambda: slow_requests(farm) == earlier + 20, within_s=60, what="all are asked")
        redis.kill()
        time.sleep(3)
        spooled = sum(file.stat().st_size for file in one.spool.glob("*.outcomes"))
        assert spooled > 0
        one.kill()  # what it found outlives it, too
        one.start()
        time.sleep(2)
        redis.start()
        outcomes = far.listen(20)
        assert {outcome.watch for outcome in outcomes} == set(range(1, 21))
        assert {outcome.word for outcome in outcomes} == {"up"}
        assert one.events().count("broker_away") == 1
        assert one.stop() == 0
