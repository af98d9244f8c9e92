"""Names that wait for a thread of the probe are not said to be down."""

import threading
import time
from collections.abc import Iterator

import dns.resolver
import pytest

from pingpong.kit.egress import Asked, IpVersion, Resolver, ResolverUnavailableError, resolver
from pingpong.probe import records
from pingpong.probe.contract import Check
from pingpong.probe.records import Answer, Question
from probe.bench import Bench, Names, bench

pytestmark = pytest.mark.probe
FINE = Answer("", "", is_answered=True)
WAITED = ("probe_fault", "waited here")


class Busy(Names):
    """A resolver all of whose threads are at other names."""

    def lookup(self, host: str, ip_version: IpVersion) -> Asked:
        self.asked.append(f"{host}/{ip_version}")
        return Asked()


class Silence:
    """Name servers of which those for `dead` names never answer, and of `slow` ones late."""

    def __init__(self) -> None:
        self.end = threading.Event()
        self.asked: list[str] = []

    def ask(self, question: Question) -> Answer:
        self.asked.append(question.name)
        if "slow" in question.name:
            time.sleep(0.6)
        if "dead" not in question.name:
            return FINE
        self.end.wait(max(question.until - time.monotonic(), 0))
        return Answer("dns_failed", "no answer", is_answered=False)


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> Iterator[Silence]:
    one = Silence()
    monkeypatch.setattr(records, "ask", one.ask)
    # The network itself is fine.
    monkeypatch.setattr("pingpong.probe.witness.asks_resolver", lambda: True)
    yield one
    one.end.set()


@pytest.fixture
def lab(silence: Silence) -> Iterator[Bench]:
    with bench() as one:
        yield one


def record(name: str, timeout_ms: int = 1000) -> Check:
    return Check(kind="dns", url=name, timeout_ms=timeout_ms)


@pytest.mark.parametrize("kind", ["http", "tcp", "icmp"])
def test_name_that_waited_for_a_thread_all_the_time_is_a_gap(kind: str) -> None:
    url = {"http": "http://a.test/", "tcp": "a.test:80", "icmp": "a.test"}[kind]
    with bench(names=Busy()) as lab:
        outcome = lab.one(Check(kind=kind, url=url, timeout_ms=200))  # type: ignore[arg-type]
    assert (outcome.word, outcome.detail) == WAITED


def test_name_behind_silent_ones_in_the_resolver_is_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    end = threading.Event()

    def ask(host: str, _ip_version: int) -> list[str]:
        end.wait(10)
        raise ResolverUnavailableError(host)

    monkeypatch.setattr(resolver, "ask", ask)
    monkeypatch.setattr("pingpong.probe.witness.asks_resolver", lambda: True)
    one = Resolver(threads=2)
    with bench() as lab:
        lab.runner._kinds["tcp"]._finder._resolver = one  # type: ignore[attr-defined]
        checks = [Check(kind="tcp", url=f"n{n}.test:80", timeout_ms=500) for n in range(3)]
        found = {(outcome.word, outcome.detail) for outcome in lab.ask(*checks)}
    end.set()
    one.close()
    assert found == {("dns_failed", "no answer"), WAITED}


def test_record_behind_silent_name_servers_is_a_gap(lab: Bench) -> None:
    dead = [record(f"dead{number}.test", 3000) for number in range(records.THREADS)]
    outcomes = lab.ask(*dead, record("good.test", 1000))
    words = [(outcome.word, outcome.detail) for outcome in outcomes]
    assert words == [("dns_failed", "no answer")] * len(dead) + [WAITED]


def test_record_that_was_asked_for_in_the_end_of_its_time_is_a_gap(lab: Bench) -> None:
    lab.give_now(*[record(f"dead{number}.test", 1200) for number in range(records.THREADS)])
    time.sleep(0.4)
    lab.give_now(record("deadlate.test", 900))
    outcomes = lab.wait(records.THREADS + 1)
    late = next(one for one in outcomes if one.watch == records.THREADS)
    assert (late.word, late.detail) == WAITED


def test_names_whose_servers_were_silent_keep_no_other_waiting(
    lab: Bench, silence: Silence
) -> None:
    dead = [record(f"dead{number}.test", 1500) for number in range(3 * records.THREADS)]
    lab.ask(*dead)
    lab.ask(*dead)  # by now all of them are known to be slow
    *outcomes, good = lab.ask(*dead, record("good.test", 1000))
    assert good.word == "up"
    assert {(one.word, one.detail) for one in outcomes} == {("dns_failed", "no answer")}


def test_many_checks_of_one_name_take_one_thread_at_a_time(lab: Bench, silence: Silence) -> None:
    outcomes = lab.ask(*[record("dead.test", 700)] * 40, record("good.test", 700))
    assert [one.word for one in outcomes] == ["dns_failed"] * 40 + ["up"]
    # Once more for those that came in the middle of the first question.
    assert sorted(silence.asked) == ["dead.test", "dead.test", "good.test"]


def test_check_that_comes_in_the_middle_has_its_own_question(lab: Bench, silence: Silence) -> None:
    lab.ask(record("good.test"))
    lab.give_now(record("dead.test", 600))
    time.sleep(0.4)
    lab.give_now(record("dead.test", 1000))
    outcomes = lab.wait(3)
    assert [one.word for one in outcomes] == ["up", "dns_failed", "dns_failed"]
    assert silence.asked == ["good.test", "dead.test", "dead.test"]


def test_fault_in_a_question_is_a_fault_of_the_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dns.resolver, "Resolver", lambda: 1 / 0)
    with bench() as lab:
        outcome = lab.one(record("good.test"))
    assert (outcome.word, outcome.detail) == ("probe_fault", "internal")
