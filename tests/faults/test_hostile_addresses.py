"""Addresses that lead where no probe may go, given to the real probe in a network of its own.

The rest of that network answers for every address there is. The oracle is not the probe's own
judgement: packets are counted on the wire, and only those to a few public addresses are expected.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from lab.corpus import PUBLIC_V4, PUBLIC_V6, read, records
from lab.programs import run, running
from lab.spaces import NAME_SERVER, Spaces
from pingpong.kit.egress import web_target

pytestmark = pytest.mark.netns

PUBLIC = "http://public.example"
EXPECTED = {PUBLIC_V6, NAME_SERVER}  # a name with both is tried by IPv6 first
HOSTILE = read("hostile.txt")
LEGITIMATE = read("legitimate.txt")
# What a redirect cannot say: these characters would end its line, or are no text.
UNSPEAKABLE = ("\r", "\n", "\0", "\ud800")
FORBIDDEN = (
    "0.0.0.0",  # noqa: S104 -- an address to refuse
    *("10.0.0.1", "127.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1"),
    *("::1", "fd00::1", "fd00:ec2::254", "fe80::1", "::ffff:127.0.0.1", "64:ff9b::a9fe:a9fe"),
)


def ports() -> dict[str, list[int]]:
    targets = [web_target(url) for url in LEGITIMATE]
    secured = {target.port for target in targets if target.scheme == "https"}
    plain = {target.port for target in targets if target.scheme == "http"}
    return {"http": sorted(plain - secured), "https": sorted(secured)}


@pytest.fixture(scope="module")
def world(network: Spaces) -> Iterator[Spaces]:
    with running(network.world, "lab.web_server", ports()):
        yield network


def probe(world: Spaces, names: dict[str, Any], urls: list[str], **more: Any) -> Any:
    """Return outcomes by round, packets by destination, and questions by name."""
    with (
        running(world.world, "lab.name_server", names) as name_server,
        running(world.ours, "lab.counter") as counter,
    ):
        told = run(world.ours, "lab.probing", {"urls": urls, **more})
        seen = counter.finish()
        asked = name_server.finish()
    assert seen["lost"] == 0
    return told, seen["packets"], asked


def test_corpora_are_large() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) > 300
    assert len(set(LEGITIMATE)) == len(LEGITIMATE) > 200


def test_hostile_addresses_get_no_packet(world: Spaces) -> None:
    (told,), packets, asked = probe(world, records(), HOSTILE)
    assert Counter(word for word, _ in told) == {"blocked_by_policy": len(HOSTILE)}
    assert set(packets) == {NAME_SERVER}
    assert {name for name in asked if not name.endswith(".test")} == set()


def test_redirects_to_hostile_addresses_get_no_packet(world: Spaces) -> None:
    speakable = [url for url in HOSTILE if not any(sign in url for sign in UNSPEAKABLE)]
    urls = [redirect_to(url) for url in speakable]
    (told,), packets, _ = probe(world, records(), urls)
    words = {word for url, (word, _) in zip(speakable, told, strict=True) if not leads_back(url)}
    assert words == {"blocked_by_policy", "response_invalid"}
    assert set(packets) == EXPECTED
    assert len(urls) > 300


def redirect_to(url: str, through: str = PUBLIC) -> str:
    return f"{through}/to/{url.encode().hex()}"


def leads_back(url: str) -> bool:
    """Tell whether a redirect rightly stays with the public host: a path, or its name after @."""
    is_absolute = re.match(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", url, re.IGNORECASE)
    return "@public.example" in url or not is_absolute


def test_redirects_are_judged_at_every_hop(world: Spaces) -> None:
    metadata = b"http://169.254.169.254/latest/meta-data/".hex()
    urls = [f"{PUBLIC}/hops/{before}/{metadata}" for before in range(6)]
    (told,), packets, _ = probe(world, records(), urls)
    assert [word for word, _ in told] == ["blocked_by_policy"] * 5 + ["redirects_exceeded"]
    assert set(packets) == EXPECTED


def test_names_that_change_where_they_lead_are_judged_at_every_lookup(world: Spaces) -> None:
    names = {f"turn-{number}.test": turning(bad) for number, bad in enumerate(FORBIDDEN)}
    urls = [f"http://{name}/" for name in names]
    told, packets, _ = probe(world, names, urls, rounds=3, ttl_s=0)
    words = [[word for word, _ in one] for one in told]
    assert words == [["up"] * len(urls), *[["blocked_by_policy"] * len(urls)] * 2]
    assert set(packets) == {PUBLIC_V4, NAME_SERVER}


def turning(bad: str) -> dict[str, Any]:
    """Return records that are public for the first question and then are not."""
    then = {"AAAA" if ":" in bad else "A": [bad]}
    return {"turns": [{"A": [PUBLIC_V4]}, then]}


def test_names_that_change_while_an_answer_is_kept_lead_where_they_led(world: Spaces) -> None:
    names = {f"turn-{number}.test": turning(bad) for number, bad in enumerate(FORBIDDEN)}
    urls = [f"http://{name}/" for name in names]
    told, packets, asked = probe(world, names, urls, rounds=3)
    assert [[word for word, _ in one] for one in told] == [["up"] * len(urls)] * 3
    assert set(packets) == {PUBLIC_V4, NAME_SERVER}
    assert asked == dict.fromkeys(names, 2)


def test_names_that_change_between_two_hops_are_judged_again(world: Spaces) -> None:
    names = {f"turn-{number}.test": turning(bad) for number, bad in enumerate(FORBIDDEN)}
    urls = [redirect_to(f"http://{name}/", through=f"http://{name}") for name in names]
    (told,), packets, _ = probe(world, names, urls, ttl_s=0)
    assert [word for word, _ in told] == ["blocked_by_policy"] * len(urls)
    assert set(packets) == {PUBLIC_V4, NAME_SERVER}


def test_legitimate_addresses_are_all_fetched(world: Spaces) -> None:
    (told,), packets, _ = probe(world, records(), LEGITIMATE, timeout_ms=10_000)
    failed = {url: one for url, one in zip(LEGITIMATE, told, strict=True) if one[0] != "up"}
    assert failed == {}
    targets = [web_target(url) for url in LEGITIMATE]
    literal = {target.host for target in targets if target.is_literal}
    assert set(packets) == EXPECTED | literal


def test_addresses_that_an_operator_allows_are_fetched_except_metadata(world: Spaces) -> None:
    urls = ["http://10.0.0.1/", "http://10-0-0-1.evil.test/", "http://in-file.test/"]
    metadata = [
        "http://169.254.169.254/",
        "http://169-254-169-254.evil.test/",
        "http://[fd00:ec2::254]/",
    ]
    allow = "10.0.0.0/8,169.254.169.254,[fd00:ec2::254]:80,169-254-169-254.evil.test:80,::/0"
    (told,), packets, _ = probe(world, records(), [*urls, *metadata], allow=allow)
    assert [word for word, _ in told] == ["up"] * 3 + ["blocked_by_policy"] * 3
    assert set(packets) == {NAME_SERVER, "10.0.0.1", "10.0.0.7"}


def hosts() -> list[str]:
    """Return what stands where a host should, in the addresses that lie by their host."""
    found = (re.match(r"http://([^/?#]*)", url) for url in HOSTILE)
    places = (one[1] for one in found if one and not one[1].startswith("public.example:"))
    return sorted({re.sub(r":\d+$", "", place) for place in places if place and "@" not in place})


@pytest.mark.parametrize(("kind", "ending"), [("tcp", ":80"), ("tcp", ":5432"), ("icmp", "")])
def test_hostile_hosts_get_no_packet_of_another_kind(world: Spaces, kind: str, ending: str) -> None:
    urls = [f"{host}{ending}" for host in hosts()]
    (told,), packets, _ = probe(world, records(), urls, kind=kind)
    assert Counter(word for word, _ in told) == {"blocked_by_policy": len(urls)}
    assert set(packets) == {NAME_SERVER}
    assert len(urls) > 300
