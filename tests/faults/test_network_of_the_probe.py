"""The real probe loses its own network: nothing of that is a target's fault."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from lab.corpus import PUBLIC_V4
from lab.programs import run, running
from lab.spaces import Spaces

pytestmark = pytest.mark.netns

TABLE = {"*.example": {"A": [PUBLIC_V4]}}
URLS = [f"http://n{number}.example/" for number in range(20)]
LITERAL = [f"http://9.9.9.{number}/" for number in range(1, 21)]
MISSING = [f"http://n{number}.missing.test/" for number in range(20)]


@pytest.fixture(scope="module")
def world(network: Spaces) -> Iterator[Spaces]:
    with running(network.world, "lab.web_server", {"http": [80]}):
        yield network


def words(world: Spaces, urls: list[str], **more: Any) -> list[list[str]]:
    """Return the words of each round."""
    told = run(world.ours, "lab.probing", {"urls": urls, **more})
    return [[word for word, _ in one] for one in told]


def test_working_network_has_targets_up_and_missing_names_fail(world: Spaces) -> None:
    with running(world.world, "lab.name_server", TABLE):
        assert words(world, [*URLS, *MISSING]) == [["up"] * 20 + ["dns_failed"] * 20]


def test_cut_link_is_the_probe_s_fault(world: Spaces) -> None:
    with running(world.world, "lab.name_server", TABLE), world.without_link():
        assert words(world, [*URLS, *LITERAL, *MISSING]) == [["probe_fault"] * 60]


def test_unplugged_wire_is_the_probe_s_fault(world: Spaces) -> None:
    with running(world.world, "lab.name_server", TABLE), world.without_carrier():
        assert words(world, [*URLS, *LITERAL, *MISSING]) == [["probe_fault"] * 60]


KINDS = {
    "tcp": ["n1.example:80", "9.9.9.9:80", "[2003::1]:80"],
    "icmp": ["n1.example", "9.9.9.9", "2003::1"],
    "dns": ["n1.example", "n2.example", "n3.example"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_check_of_another_kind_is_up_and_with_a_cut_link_the_probe_s_fault(
    world: Spaces, kind: str
) -> None:
    with running(world.world, "lab.name_server", TABLE):
        assert words(world, KINDS[kind], kind=kind) == [["up"] * 3]
        with world.without_link():
            assert words(world, KINDS[kind], kind=kind) == [["probe_fault"] * 3]


@pytest.mark.parametrize("kind", KINDS)
def test_check_of_another_kind_without_a_name_server_is_the_probe_s_fault(
    world: Spaces, kind: str
) -> None:
    assert words(world, KINDS[kind][:1], kind=kind) == [["probe_fault"]]


def test_name_server_that_is_gone_is_the_probe_s_fault(world: Spaces) -> None:
    assert words(world, [*URLS, *MISSING]) == [["probe_fault"] * 40]


def test_name_server_that_is_silent_is_the_probe_s_fault(world: Spaces) -> None:
    table = {f"*.{suffix}": {"is_silent": True} for suffix in ("example", "test", "com")}
    with running(world.world, "lab.name_server", table):
        assert words(world, [*URLS, *MISSING]) == [["probe_fault"] * 40]


def test_name_server_that_fails_for_all_is_the_probe_s_fault(world: Spaces) -> None:
    table = {f"*.{suffix}": {"rcode": "SERVFAIL"} for suffix in ("example", "test", "com")}
    with running(world.world, "lab.name_server", table):
        assert words(world, [*URLS, *MISSING]) == [["probe_fault"] * 40]


def test_name_whose_own_servers_fail_is_the_target_s_fault(world: Spaces) -> None:
    table = {**TABLE, "*.broken.test": {"rcode": "SERVFAIL"}, "*.mute.test": {"is_silent": True}}
    broken = ["http://a.broken.test/", "http://b.mute.test/"]
    with running(world.world, "lab.name_server", table):
        assert words(world, [*URLS, *broken]) == [["up"] * 20 + ["dns_failed"] * 2]


def test_target_that_is_gone_while_the_network_works_is_down(world: Spaces) -> None:
    silent = [f"http://{address}/" for address in ("9.9.8.1", "9.9.8.2")]
    with running(world.world, "lab.name_server", TABLE), world.swallowing("9.9.8.0/24"):
        assert words(world, [*URLS, *silent], timeout_ms=1000) == [
            ["up"] * 20 + ["connect_timeout"] * 2
        ]


def test_canaries_that_are_gone_with_all_targets_are_the_probe_s_fault(world: Spaces) -> None:
    everything = ("0.0.0.0/1", "128.0.0.0/1")  # but the name server, which is nearer
    more = {"canaries": "9.9.8.1:80,9.9.8.2:80", "timeout_ms": 1000}
    with running(world.world, "lab.name_server", TABLE):
        assert words(world, [*URLS, *LITERAL], **more) == [["up"] * 40]
        with world.swallowing(*everything):
            assert words(world, [*URLS, *LITERAL], **more) == [["probe_fault"] * 40]


@pytest.mark.parametrize("ttl_s", [0, 30])
def test_network_that_comes_back_has_targets_up_again(world: Spaces, ttl_s: int) -> None:
    wanted = {"urls": [*URLS, *LITERAL], "in_steps": True, "ttl_s": ttl_s}
    with (
        running(world.world, "lab.name_server", TABLE),
        running(world.ours, "lab.probing", wanted) as probe,
    ):
        assert {word for word, _ in probe.ask()} == {"up"}
        with world.without_link():
            assert {word for word, _ in probe.ask()} == {"probe_fault"}
        assert {word for word, _ in probe.ask()} == {"up"}


def test_network_that_goes_while_targets_are_waited_for_is_the_probe_s_fault(
    world: Spaces,
) -> None:
    slow = [f"http://n{number}.example/wait/1" for number in range(20)]
    wanted = {"urls": slow, "in_steps": True, "timeout_ms": 2500}
    with (
        running(world.world, "lab.name_server", TABLE),
        running(world.ours, "lab.probing", wanted) as probe,
    ):
        assert {word for word, _ in probe.ask()} == {"up"}
        probe.begin()
        time.sleep(0.8)  # all have connected, and none was answered
        with world.without_link():
            assert {word for word, _ in probe.hear()} == {"probe_fault"}
