"""HTTPS checks: certificates that are right, and wrong in one way each."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pingpong.probe.contract import Check
from pingpong.probe.runner import Limits
from probe.authority import Authority
from probe.bench import Bench, Names, bench
from probe.farm import Farm, tls_context

pytestmark = pytest.mark.probe
DAY_S = 86400


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def lab(authority: Authority) -> Iterator[Bench]:
    limits = Limits(ca_file=str(authority.ca_file))
    with bench(names=Names({"shop.test": ["127.0.0.1"]}), limits=limits) as one:
        yield one


def serve(certificate: Path) -> Farm:
    return Farm(tls=tls_context(certificate))


def test_https_that_is_right_is_up_and_its_handshake_is_a_phase(
    lab: Bench, authority: Authority
) -> None:
    with serve(authority.issue("shop.test")) as farm:
        outcome = lab.one(Check(url=farm.url("/slow?s=0.1", host="shop.test")))
    assert (outcome.word, outcome.certificate_until) == ("up", 0)
    assert outcome.tls_us > 0
    assert 100_000 <= outcome.first_byte_us < 150_000
    phases = outcome.dns_us + outcome.connect_us + outcome.tls_us + outcome.first_byte_us
    assert phases <= outcome.total_us


def test_certificate_end_is_told_when_it_is_asked_for(lab: Bench, authority: Authority) -> None:
    with serve(authority.issue("shop.test", days=10)) as farm:
        url = farm.url(host="shop.test")
        outcome = lab.one(Check(url=url, wants_certificate=True))
    assert outcome.word == "up"
    assert outcome.certificate_until == pytest.approx(time.time() + 10 * DAY_S, abs=60)


def test_expired_certificate_is_a_word_of_its_own_and_its_end_is_told(
    lab: Bench, authority: Authority
) -> None:
    with serve(authority.issue("shop.test", days=-2)) as farm:
        url = farm.url(host="shop.test")
        outcome, unverified = lab.ask(
            Check(url=url, wants_certificate=True), Check(url=url, verify_tls=False)
        )
    assert (outcome.word, unverified.word) == ("tls_expired", "up")
    assert outcome.certificate_until == pytest.approx(time.time() - 2 * DAY_S, abs=60)


@pytest.mark.parametrize("fault", ["another name", "self-signed"])
def test_certificate_that_is_not_trusted_is_invalid_unless_nobody_verifies(
    lab: Bench, authority: Authority, fault: str
) -> None:
    wrong = {
        "another name": authority.issue("bank.test"),
        "self-signed": authority.self_signed("shop.test"),
    }
    with serve(wrong[fault]) as farm:
        url = farm.url(host="shop.test")
        words = [one.word for one in lab.ask(Check(url=url), Check(url=url, verify_tls=False))]
    assert words == ["tls_invalid", "up"]


def test_server_that_speaks_no_tls_is_invalid(lab: Bench) -> None:
    with Farm(greeting=b"220 mail.example\r\n") as farm:
        outcome = lab.one(Check(url=f"https://127.0.0.1:{farm.port}/"))
    assert outcome.word == "tls_invalid"


def test_server_that_only_speaks_http_1_fails_a_check_of_http_2(
    lab: Bench, authority: Authority
) -> None:
    with serve(authority.issue("shop.test")) as farm:
        url = farm.url(host="shop.test")
        outcomes = lab.ask(Check(url=url, http_version="2"), Check(url=url, http_version="1.1"))
    assert [one.word for one in outcomes] == ["response_invalid", "up"]
    assert outcomes[0].detail == "not HTTP/2"


def test_secrets_do_not_follow_a_redirect_from_https_to_http(
    lab: Bench, authority: Authority
) -> None:
    with serve(authority.issue("shop.test")) as farm, Farm() as plain:
        there = f"/redirect?to={plain.url(host='shop.test')}"
        outcome = lab.one(Check(url=farm.url(there, host="shop.test"), bearer="t0ken"))
        assert outcome.word == "up"
        assert "authorization" not in plain.requests[-1].headers
