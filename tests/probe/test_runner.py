"""The runner as a whole: many at once, in their time, each once."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pingpong.kit.egress import ResolverUnavailableError
from pingpong.probe.contract import Assignment, Check
from pingpong.probe.pace import offset_s
from pingpong.probe.runner import Limits
from probe.authority import Authority
from probe.bench import Bench, Names, bench
from probe.farm import Farm, tls_context
from probe.sleepy import Sleepy

pytestmark = pytest.mark.probe


@pytest.fixture
def lab() -> Iterator[Bench]:
    with bench() as one:
        yield one


def test_2000_checks_wait_for_a_slow_server_at_the_same_time(lab: Bench) -> None:
    with Sleepy(after_s=3) as server:
        slot = int(time.time()) - 5
        check = Check(url=f"http://127.0.0.1:{server.port}/")
        begun = time.monotonic()
        lab.give([Assignment(watch, slot, check) for watch in range(2000)])
        outcomes = lab.wait(2000, within_s=30)
        took_s = time.monotonic() - begun
    assert Counter(one.word for one in outcomes) == {"up": 2000}
    assert server.most_at_once == 2000
    assert took_s < 8
    assert min(one.total_us for one in outcomes) >= 3_000_000
    assert sorted(one.total_us for one in outcomes)[1000] < 3_300_000


def test_more_than_may_be_in_flight_wait_for_their_turn(farm: Farm) -> None:
    with bench(limits=Limits(most_in_flight=4)) as lab:
        outcomes = lab.ask(*[Check(url=farm.url("/slow?s=0.2"))] * 12)
    assert {one.word for one in outcomes} == {"up"}
    assert max(one.total_us for one in outcomes) < 400_000
    assert max(one.delay_ms for one in outcomes) - min(one.delay_ms for one in outcomes) > 350


def test_handshakes_do_not_wait_for_each_other(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    certificate = authority.issue("shop.test")
    names = Names({"shop.test": ["127.0.0.1"]})
    limits = Limits(ca_file=str(authority.ca_file))
    with bench(names=names, limits=limits) as lab, Farm(tls=tls_context(certificate)) as farm:
        check = Check(url=farm.url(host="shop.test"))
        calm = sorted(lab.one(check).total_us for _ in range(9))[4]
        crowds = [sorted(one.total_us for one in lab.ask(*[check] * 200)) for _ in range(3)]
    # All at once, the median would be 100 handshakes long; other work on the machine is no news.
    assert min(crowd[100] for crowd in crowds) < 40 * calm


def test_checks_begin_at_their_place_in_the_second_of_their_slot(lab: Bench, farm: Farm) -> None:
    slot = int(time.time()) + 2
    watches = [1, 2, 3, 4, 5]
    check = Check(url=farm.url("/"))
    lab.give([Assignment(watch, slot, check) for watch in watches])
    delays = {one.watch: one.delay_ms for one in lab.wait(5)}
    for watch in watches:
        assert delays[watch] == pytest.approx(offset_s(watch) * 1000, abs=150)
    assert time.time() > slot


def test_late_check_is_done_and_says_how_late(lab: Bench, farm: Farm) -> None:
    lab.give([Assignment(1, int(time.time()) - 100, Check(url=farm.url("/")))])
    (outcome,) = lab.wait(1)
    assert outcome.word == "up"
    assert 99_000 < outcome.delay_ms < 102_000


def test_check_of_an_hour_ago_is_answered_without_being_done(lab: Bench, farm: Farm) -> None:
    before = len(farm.requests)
    now = int(time.time())
    lab.one(Check(url=farm.url("/")))
    old = [Assignment(watch, now - 3600, Check(url=farm.url("/"))) for watch in (8, 9)]
    lab.give(old, sent_at=now - 3600)  # it lay in a queue
    lab.give([Assignment(10, now - 130, Check(url=farm.url("/")))])
    lab.give([Assignment(11, now - 3, Check(url=farm.url("/")))])
    assert [one.watch for one in lab.wait(2)] == [0, 11]
    assert [job.watch for job in lab.again] == [8, 9, 10]
    assert len(farm.requests) == before + 2


def test_clock_of_the_core_that_is_an_hour_wrong_changes_nothing(lab: Bench, farm: Farm) -> None:
    core_time = time.time() + 3600
    lab.give([Assignment(1, int(core_time), Check(url=farm.url("/")))], sent_at=core_time)
    (outcome,) = lab.wait(1, within_s=5)
    assert outcome.delay_ms < 2500


def test_check_that_is_asked_for_again_is_done_once(lab: Bench, farm: Farm) -> None:
    before = len(farm.requests)
    slot = int(time.time()) - 5
    asked = [Assignment(7, slot, Check(url=farm.url("/slow?s=0.3")))]
    lab.give(asked)
    lab.give(asked)
    lab.wait(1)
    lab.give(asked)
    time.sleep(0.3)
    assert len(lab.outcomes) == 1
    assert len(lab.again) == 1
    assert len(farm.requests) == before + 1
    lab.give([Assignment(7, slot + 60, Check(url=farm.url("/")))], sent_at=time.time() + 60)
    assert [one.slot for one in lab.wait(2)] == [slot, slot + 60]


def test_name_servers_that_fail_are_the_names_failure_when_a_canary_answers() -> None:
    names = Names({"broken.test": ResolverUnavailableError("SERVFAIL")})
    with socket.create_server(("127.0.0.1", 0)) as canary:
        limits = Limits(canaries=f"127.0.0.1:1, 127.0.0.1:{canary.getsockname()[1]}")
        with bench(names=names, limits=limits) as lab:
            outcome = lab.one(Check(url="http://broken.test/"))
            assert (outcome.word, outcome.detail) == ("dns_failed", "no answer")
            assert lab.runner.is_connected


def test_name_servers_that_fail_are_our_fault_when_no_canary_answers() -> None:
    names = Names({"broken.test": ResolverUnavailableError("SERVFAIL"), "slow.test": None})
    with bench(names=names, limits=Limits(canaries="127.0.0.1:1")) as lab:
        for url in ("http://broken.test/", "http://slow.test/"):
            outcome = lab.one(Check(url=url, timeout_ms=500))
            assert (outcome.word, outcome.detail) == ("probe_fault", "no network here")
        assert not lab.runner.is_connected


def test_many_failures_are_looked_into_with_one_look() -> None:
    looks = 0
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        limits = Limits(canaries=f"127.0.0.1:{canary.getsockname()[1]}")
        with bench(limits=limits) as lab:
            lab.ask(*[Check(url=f"http://n{number}.test/") for number in range(100)])
        while True:
            try:
                canary.accept()[0].close()
            except TimeoutError:
                break
            looks += 1
    assert looks in (1, 2)


def test_fault_of_one_check_does_not_end_the_runner(
    lab: Bench, farm: Farm, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab.runner.loop.call(lambda: 1 / 0)
    lab.runner.loop.at(0, lambda: 1 / 0)
    assert lab.one(Check(url=farm.url("/"))).word == "up"
    monkeypatch.setattr("pingpong.probe.http.judge", lambda *_: 1 / 0)
    monkeypatch.setattr("pingpong.probe.tcp.host_target", lambda *_, **__: 1 / 0)
    outcomes = lab.ask(Check(url=farm.url("/")), Check(kind="tcp", url="127.0.0.1:80"))
    assert [(one.word, one.detail) for one in outcomes] == [("probe_fault", "internal")] * 2
    monkeypatch.undo()
    assert lab.one(Check(url=farm.url("/"))).word == "up"


def test_runner_leaves_no_descriptors_open(farm: Farm) -> None:
    def count() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    with bench() as lab:
        lab.ask(*[Check(url=farm.url("/"))] * 20)
    before = count()
    with bench() as lab:
        lab.ask(*[Check(url=farm.url("/"))] * 200)
        time.sleep(0.2)
        assert count() <= before + 10 + threading.active_count()
    assert count() <= before + threading.active_count()
