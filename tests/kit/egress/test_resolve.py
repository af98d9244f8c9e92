"""What needs no name server; the rest is in test_resolve_by_dns."""

from pathlib import Path

import pytest

from pingpong.kit.egress import (
    HostUnknownError,
    Resolver,
    ResolverUnavailableError,
    hosts_file,
    resolve_now,
)


def test_address_is_its_own_answer() -> None:
    assert resolve_now("9.9.9.9", ip_version=0, timeout_s=1) == ["9.9.9.9"]
    assert resolve_now("2003::1", ip_version=6, timeout_s=1) == ["2003::1"]


@pytest.mark.parametrize(("host", "ip_version"), [("9.9.9.9", 6), ("2003::1", 4)])
def test_address_of_the_other_version_is_unknown(host: str, ip_version: int) -> None:
    with pytest.raises(HostUnknownError):
        resolve_now(host, ip_version=4 if ip_version == 4 else 6, timeout_s=1)


def test_resolver_answers_an_address_at_once() -> None:
    resolver = Resolver(threads=1)
    asked = resolver.lookup("9.9.9.9", 0)
    assert asked.done()
    assert asked.result() == resolver.lookup("9.9.9.9", 4).result()
    assert (asked.result().addresses, asked.result().took_us) == (("9.9.9.9",), 0)
    assert isinstance(resolver.lookup("9.9.9.9", 6).exception(), HostUnknownError)
    resolver.close()


def test_resolver_that_was_closed_says_so() -> None:
    resolver = Resolver(threads=2)
    resolver.close()
    asked = resolver.lookup("localhost", 4)
    assert isinstance(asked.exception(), ResolverUnavailableError)


def test_hosts_file_is_read_again_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = tmp_path / "hosts"
    monkeypatch.setattr(hosts_file, "HOSTS", hosts)
    assert not hosts_file.is_in_hosts_file("db.test")
    hosts.write_text("# db.test\n10.0.0.7 DB.test other # note.test\n\nalone\n")
    assert hosts_file.is_in_hosts_file("db.test")
    assert hosts_file.is_in_hosts_file("other")
    assert not hosts_file.is_in_hosts_file("note.test")
    hosts.rename(tmp_path / "old")
    hosts.write_text("10.0.0.8 new.test\n")
    assert hosts_file.is_in_hosts_file("new.test")
    assert not hosts_file.is_in_hosts_file("db.test")
