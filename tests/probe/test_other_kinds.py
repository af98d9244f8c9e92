"""Checks of TCP ports, of hosts by ICMP, and of records of DNS."""

import socket
from collections.abc import Iterator

import dns.resolver
import pytest

from pingpong.probe import echo
from pingpong.probe.contract import Check
from pingpong.probe.runner import Limits
from probe.bench import Bench, Names, bench
from probe.name_server import NameServer

pytestmark = pytest.mark.probe

RECORDS = {
    ("shop.test", "A"): ["192.0.2.7", "192.0.2.8"],
    ("shop.test", "MX"): ["10 Mail.shop.test."],
    ("shop.test", "TXT"): ['"v=spf1 -all" " Token"'],
    ("www.shop.test", "CNAME"): ["shop.test."],
}


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as one:
        yield one


@pytest.fixture
def lab(listener: socket.socket) -> Iterator[Bench]:
    names = Names({"shop.test": ["127.0.0.1"], "evil.test": ["127.0.0.1", "10.0.0.1"]})
    canary = f"127.0.0.1:{listener.getsockname()[1]}"
    with bench(names=names, limits=Limits(canaries=canary)) as one:
        yield one


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[NameServer]:
    """Return the name server that the system seems to be set up for."""
    with NameServer(RECORDS) as one:

        def resolver() -> dns.resolver.Resolver:
            made = usual(configure=False)
            made.nameservers = ["127.0.0.1"]
            made.port = one.port
            return made

        usual = dns.resolver.Resolver
        monkeypatch.setattr(dns.resolver, "Resolver", resolver)
        yield one


def closed_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def test_tcp_port_that_takes_a_connection_is_up(lab: Bench, listener: socket.socket) -> None:
    outcome = lab.one(Check(kind="tcp", url=f"shop.test:{listener.getsockname()[1]}"))
    assert (outcome.word, outcome.dns_us, outcome.status) == ("up", 150, 0)
    assert outcome.dns_us + outcome.connect_us == outcome.total_us


def test_tcp_port_without_a_server_is_refused(lab: Bench) -> None:
    assert lab.one(Check(kind="tcp", url=f"127.0.0.1:{closed_port()}")).word == "connect_refused"


def test_http_port_without_a_server_is_refused(lab: Bench) -> None:
    assert lab.one(Check(url=f"http://127.0.0.1:{closed_port()}/")).word == "connect_refused"


def test_tcp_port_that_takes_no_more_is_a_timeout(lab: Bench) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        place = full.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(place)
        tcp, http = lab.ask(
            Check(kind="tcp", url=f"127.0.0.1:{place[1]}", timeout_ms=300),
            Check(url=f"http://127.0.0.1:{place[1]}/", timeout_ms=300),
        )
        for one in waiting:
            one.close()
    assert (tcp.word, http.word) == ("connect_timeout", "connect_timeout")
    assert 290_000 < tcp.total_us < 400_000


@pytest.mark.parametrize("url", ["10.0.0.1:80", "evil.test:80", "127.0.0.1", "shop.test:0"])
def test_tcp_target_that_policy_forbids_is_a_gap(lab: Bench, url: str) -> None:
    assert lab.one(Check(kind="tcp", url=url)).word == "blocked_by_policy"


def test_name_without_an_address_is_the_names_failure(lab: Bench) -> None:
    tcp, http = lab.ask(Check(kind="tcp", url="nobody.test:80"), Check(url="http://nobody.test/"))
    assert [(one.word, one.detail) for one in (tcp, http)] == [("dns_failed", "no address")] * 2


@pytest.mark.parametrize("url", ["127.0.0.1", "::1", "shop.test"])
def test_host_that_answers_echoes_is_up(lab: Bench, url: str) -> None:
    outcome = lab.one(Check(kind="icmp", url=url))
    assert outcome.word == "up"
    assert outcome.dns_us + outcome.first_byte_us == outcome.total_us


def test_icmp_that_is_not_permitted_is_a_fault_of_the_probe(
    lab: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> socket.socket:
        raise PermissionError

    monkeypatch.setattr(echo.socket, "socket", refuse)
    outcome = lab.one(Check(kind="icmp", url="127.0.0.1"))
    assert (outcome.word, outcome.detail) == ("probe_fault", "icmp not permitted")


@pytest.mark.parametrize(
    ("name", "record_type", "value", "word", "detail"),
    [
        ("shop.test", "A", "", "up", ""),
        ("shop.test", "A", "192.0.2.8", "up", ""),
        ("shop.test", "A", "192.0.2.9", "record_mismatch", ""),
        ("shop.test", "AAAA", "", "record_mismatch", "no record"),
        ("shop.test", "MX", "10 mail.SHOP.test", "up", ""),
        ("shop.test", "TXT", "v=spf1 -all Token", "up", ""),
        ("shop.test", "TXT", "v=spf1 -all token", "record_mismatch", ""),
        ("www.shop.test", "CNAME", "shop.test", "up", ""),
        ("nobody.test", "A", "", "dns_failed", "no such name"),
        ("shop.test", "ANY", "", "probe_fault", "record type not known"),
        ("10.0.0.1", "A", "", "blocked_by_policy", ""),
    ],
)
def test_record_is_compared_with_the_wanted_one(
    lab: Bench,
    server: NameServer,
    name: str,
    record_type: str,
    value: str,
    word: str,
    detail: str,
) -> None:
    check = Check(kind="dns", url=name, record_type=record_type, record_value=value)
    outcome = lab.one(check)
    assert (outcome.word, outcome.detail) == (word, detail)


def test_silent_name_server_is_a_failure_when_canaries_answer(
    lab: Bench, server: NameServer
) -> None:
    server.is_silent = True
    outcome = lab.one(Check(kind="dns", url="shop.test", timeout_ms=400))
    assert (outcome.word, outcome.detail) == ("dns_failed", "no answer")


def test_kind_that_this_release_does_not_know_is_a_fault_of_the_probe(lab: Bench) -> None:
    outcome = lab.one(Check(kind="gopher", url="x"))  # type: ignore[arg-type]
    assert (outcome.word, outcome.detail) == ("probe_fault", "kind not known")
