import time
from collections.abc import Iterator

import pytest

from pingpong.kit.egress import HostUnknownError, ResolverUnavailableError, txt_records
from probe.name_server import NameServer

pytestmark = pytest.mark.allow_hosts(["127.0.0.0/8", "::1"])
NAME = "_statuspage.status.acme.example"


@pytest.fixture
def server() -> Iterator[NameServer]:
    records = {
        (NAME, "TXT"): ['"pingpong-" "verification=abc"', '"v=spf1"'],
        ("other.example", "A"): ["192.0.2.1"],
    }
    with NameServer(records) as server:
        yield server


def _ask(server: NameServer, name: str, timeout_s: float = 2) -> frozenset[str]:
    return txt_records(name, servers=["127.0.0.1"], port=server.port, timeout_s=timeout_s)


def test_texts_are_put_together_from_their_parts(server: NameServer) -> None:
    assert _ask(server, NAME) == {"pingpong-verification=abc", "v=spf1"}


def test_name_without_texts_is_unknown(server: NameServer) -> None:
    for name in ("missing.example", "other.example"):
        with pytest.raises(HostUnknownError):
            _ask(server, name)


def test_silence_ends_in_time_and_says_nothing_of_the_name(server: NameServer) -> None:
    server.is_silent = True
    began = time.monotonic()
    with pytest.raises(ResolverUnavailableError):
        _ask(server, NAME, timeout_s=0.3)
    assert time.monotonic() - began < 2
