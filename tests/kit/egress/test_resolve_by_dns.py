"""Lookups against a name server that lies, waits and breaks, in a network of the test's own."""

from collections.abc import Iterator
from typing import Any

import pytest

from lab.programs import Running, run, running
from lab.spaces import Spaces

pytestmark = pytest.mark.netns

MANY = [f"9.9.{number // 250}.{number % 250 + 1}" for number in range(1000)]
TABLE = {
    "both.test": {"A": ["9.9.9.9"], "AAAA": ["2003::1"]},
    "four.test": {"A": ["9.9.9.9", "9.9.9.8"]},
    "six.test": {"AAAA": ["2003::1"]},
    "empty.test": {},
    "alias.test": {"CNAME": "four.test"},
    "many.test": {"A": MANY},
    "broken.test": {"rcode": "SERVFAIL"},
    "refused.test": {"rcode": "REFUSED"},
    "silent.test": {"is_silent": True},
    "*.silent.test": {"is_silent": True},
    "slow.test": {"A": ["9.9.9.9"], "wait_s": 0.4},
    "*.wide.test": {"A": ["9.9.9.9"], "wait_s": 0.05},
    "missing.test.search.test": {"A": ["10.6.6.6"]},
    "alone.search.test": {"A": ["10.6.6.6"]},
    "lonely.search.test": {"A": ["10.6.6.6"]},
    "in-file.test": {"A": ["10.6.6.6"]},
}
UNKNOWN, UNAVAILABLE = "HostUnknownError", "ResolverUnavailableError"


@pytest.fixture
def name_server(network: Spaces) -> Iterator[Running]:
    with running(network.world, "lab.name_server", TABLE) as server:
        yield server


@pytest.fixture
def look_up(network: Spaces, name_server: Running) -> Any:
    return lambda *names, **more: run(network.ours, "lab.lookups", {"names": names, **more})


def test_name_has_the_addresses_of_the_wanted_version(look_up: Any) -> None:
    asked = [("four.test", 0), ("both.test", 4), ("both.test", 6), ("alias.test", 0)]
    found = [outcome for outcome, _ in look_up(*asked, ("both.test", 0))]
    assert sorted(found[0]) == sorted(found[3]) == ["9.9.9.8", "9.9.9.9"]
    assert found[1:3] == [["9.9.9.9"], ["2003::1"]]
    assert sorted(found[4]) == ["2003::1", "9.9.9.9"]


def test_name_that_is_not_there_is_unknown(look_up: Any) -> None:
    asked = [("missing.test", 0), ("empty.test", 0), ("four.test", 6), ("six.test", 4)]
    assert [outcome for outcome, _ in look_up(*asked)] == [UNKNOWN] * 4


def test_resolver_that_gives_no_answer_says_nothing_of_the_name(look_up: Any) -> None:
    asked = [("broken.test", 0), ("refused.test", 0), ("silent.test", 4)]
    assert [outcome for outcome, _ in look_up(*asked)] == [UNAVAILABLE] * 3


def test_lookup_ends_with_its_time(look_up: Any) -> None:
    outcome, took_s = look_up(("silent.test", 0), timeout_s=0.3)[0]
    assert outcome == UNAVAILABLE
    assert 0.3 <= took_s < 0.95


def test_search_domain_is_never_tried(look_up: Any, name_server: Running) -> None:
    asked = [("missing.test", 4), ("lonely", 4)]
    assert [outcome for outcome, _ in look_up(*asked)] == [UNKNOWN] * 2
    assert name_server.finish() == {"missing.test": 1, "lonely": 1}


def test_hosts_file_comes_first(look_up: Any) -> None:
    asked = [("in-file.test", 4), ("alone", 4), ("localhost", 4)]
    found = [outcome for outcome, _ in look_up(*asked)]
    assert found == [["10.0.0.7"], ["10.0.0.7"], ["127.0.0.1"]]


def test_thousand_answers_are_cut_to_sixteen(look_up: Any) -> None:
    found = look_up(("many.test", 4))[0][0]
    assert len(found) == 16
    assert set(found) < set(MANY)


def test_resolver_asks_once_for_all_who_wait_and_keeps_the_answer(
    look_up: Any, name_server: Running
) -> None:
    first, again = look_up(*[("slow.test", 4)] * 50, through="resolver", rounds=2)
    assert [found for found, _, _ in [*first, *again]] == [["9.9.9.9"]] * 100
    assert len({took_us for _, took_us, _ in first}) == 1
    assert first[0][1] > 400_000
    assert {took_us for _, took_us, _ in again} == {0}
    assert name_server.finish() == {"slow.test": 1}


def test_resolver_forgets_what_is_old_and_keeps_no_failure(look_up: Any) -> None:
    asked = [("four.test", 4), ("missing.test", 4)]
    for found in look_up(*asked, through="resolver", rounds=3, ttl_s=0):
        assert sorted(found[0][0]) == ["9.9.9.8", "9.9.9.9"]
        assert found[0][1] > 0
        assert found[1][0] == UNKNOWN


def test_resolver_asks_for_many_names_side_by_side(look_up: Any) -> None:
    names = [(f"n{number}.wide.test", 4) for number in range(40)]
    found = look_up(*names, through="resolver")[0]
    assert [addresses for addresses, _, _ in found] == [["9.9.9.9"]] * 40
    assert min(took_us for _, took_us, _ in found) >= 50_000


def test_names_that_were_slow_keep_no_other_waiting(look_up: Any) -> None:
    silent = [(f"n{number}.silent.test", 4) for number in range(8)]
    others = [(f"n{number}.wide.test", 4) for number in range(16)]
    first, again = look_up(*silent, *others, through="resolver", rounds=2, ttl_s=0)
    assert min(waited_s for _, _, waited_s in first[8:]) > 1  # nobody knew yet
    assert [found for found, _, _ in again] == [UNAVAILABLE] * 8 + [["9.9.9.9"]] * 16
    slowest_s = max(waited_s for _, _, waited_s in again[8:])
    assert slowest_s < max(waited_s for _, _, waited_s in again[:8]) / 2
