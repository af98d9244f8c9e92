"""HTTP checks against servers that behave, and servers that do not."""

from collections.abc import Iterator

import pytest

from pingpong.probe.contract import Check, Outcome
from probe.bench import Bench, Names, bench
from probe.farm import Farm

pytestmark = pytest.mark.probe


@pytest.fixture(scope="module")
def other() -> Iterator[Farm]:
    """Return a server on another host."""
    with Farm("127.0.0.2") as one:
        yield one


@pytest.fixture(scope="module")
def lab() -> Iterator[Bench]:
    with bench(names=Names({"shop.test": ["127.0.0.1"], "evil.test": ["10.0.0.1"]})) as one:
        yield one


def seen(outcome: Outcome) -> tuple[str, str]:
    return outcome.word, outcome.detail


@pytest.mark.parametrize(
    ("path", "options", "word", "detail"),
    [
        ("/", {}, "up", ""),
        ("/status?code=204", {}, "up", ""),
        ("/status?code=503", {}, "status_unexpected", "HTTP 503"),
        ("/status?code=503", {"expected_status": ((200, 200), (500, 599))}, "up", ""),
        ("/", {"method": "HEAD"}, "up", ""),
        ("/", {"method": "HEAD", "keyword": "nowhere"}, "up", ""),
        ("/", {"keyword": "is well"}, "up", ""),
        ("/", {"keyword": "is ill"}, "keyword_missing", ""),
        ("/", {"keyword_absent": "is well"}, "keyword_present", ""),
        ("/", {"keyword_absent": "is ill"}, "up", ""),
        ("/latin", {"keyword": "grün"}, "up", ""),
        ("/zipped", {"keyword": "is well"}, "up", ""),
        ("/json", {"json_path": "$.status", "json_value": "ok"}, "up", ""),
        ("/json", {"json_path": "$.status", "json_value": '"ok"'}, "up", ""),
        ("/json", {"json_path": "$.checks[0].n", "json_value": "3"}, "up", ""),
        ("/json", {"json_path": "$.none"}, "up", ""),
        ("/json", {"json_path": "$.checks[0].up", "json_value": "1"}, "json_mismatch", ""),
        ("/json", {"json_path": "$.nothing"}, "json_mismatch", "nothing there"),
        ("/", {"json_path": "$.status"}, "json_mismatch", "not JSON"),
        ("/", {"json_path": "$..status"}, "probe_fault", "JSON path not singular"),
        ("/hang", {"timeout_ms": 300}, "read_timeout", "no answer"),
        ("/hang-in-body", {"timeout_ms": 300}, "read_timeout", ""),
        ("/slow?s=0.2", {}, "up", ""),
        ("/reset", {}, "response_invalid", "no answer"),
        ("/silent", {}, "response_invalid", "no answer"),
        ("/garbage", {}, "response_invalid", "no answer"),
        ("/bad-gzip", {}, "response_invalid", ""),
        ("/huge-headers", {}, "response_invalid", "headers too large"),
        ("/huge", {"keyword": "needle"}, "up", ""),
        ("/bomb", {}, "up", ""),
        ("/chain?left=3", {"keyword": "end"}, "up", ""),
        ("/chain?left=3", {"redirects": 2}, "redirects_exceeded", "HTTP 302"),
        ("/chain?left=9", {}, "redirects_exceeded", "HTTP 302"),
        ("/chain?left=1", {"redirects": 0}, "status_unexpected", "HTTP 302"),
        ("/chain?left=1", {"redirects": 0, "expected_status": ((302, 302),)}, "up", ""),
        ("/redirect?to=ftp://127.0.0.1/", {}, "response_invalid", "redirect not valid"),
        ("/redirect?to=http://10.0.0.1/", {}, "blocked_by_policy", ""),
        ("/redirect?to=http://evil.test/", {}, "blocked_by_policy", ""),
        ("/redirect?to=http://169.254.169.254/latest", {}, "blocked_by_policy", ""),
    ],
)
def test_check_of_a_server_ends_with_its_word(
    lab: Bench, farm: Farm, path: str, options: dict[str, object], word: str, detail: str
) -> None:
    outcome = lab.one(Check(url=farm.url(path), **options))  # type: ignore[arg-type]
    assert seen(outcome) == (word, detail)


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("http://10.0.0.1/", "blocked_by_policy"),
        ("http://evil.test/", "blocked_by_policy"),
        ("http://[::ffff:10.0.0.1]/", "blocked_by_policy"),
        ("file:///etc/passwd", "blocked_by_policy"),
        ("http://127.0.0.1:9/", "blocked_by_policy"),
    ],
)
def test_address_that_policy_forbids_is_a_gap(lab: Bench, url: str, word: str) -> None:
    assert lab.one(Check(url=url)).word == word


def test_phases_are_separate_and_add_up(lab: Bench, farm: Farm) -> None:
    outcome = lab.one(Check(url=farm.url("/slow?s=0.2", host="shop.test")))
    assert (outcome.word, outcome.status, outcome.dns_us, outcome.tls_us) == ("up", 200, 150, 0)
    assert 0 < outcome.connect_us < 1_000_000
    assert 200_000 <= outcome.first_byte_us < 2_000_000
    parts = outcome.dns_us + outcome.connect_us + outcome.first_byte_us
    assert parts <= outcome.total_us < parts + 200_000


def test_total_counts_every_request_of_a_redirect(lab: Bench, farm: Farm) -> None:
    slow = farm.url("/redirect?to=/slow?s=0.2", host="shop.test")
    outcome = lab.one(Check(url=slow, timeout_ms=2000))
    assert outcome.word == "up"
    assert outcome.total_us >= 200_000


def test_deadline_holds_for_all_redirects_together(lab: Bench, farm: Farm) -> None:
    outcome = lab.one(Check(url=farm.url("/redirect?to=/hang"), timeout_ms=400))
    assert seen(outcome) == ("read_timeout", "no answer")
    assert 390_000 <= outcome.total_us < 2_000_000


def test_secrets_are_sent_to_the_host_that_the_check_names(lab: Bench, farm: Farm) -> None:
    basic = Check(
        url=farm.url("/locked?is=Basic+YWxhOnNlc2FtZQ=="), username="ala", password="sesame"
    )
    bearer = Check(url=farm.url("/locked?is=Bearer+t0ken"), bearer="t0ken")
    header = Check(url=farm.url("/locked?is=x"), headers=(("Authorization", "x"),))
    assert [one.word for one in lab.ask(basic, bearer, header)] == ["up"] * 3


@pytest.mark.parametrize("secret", [{"bearer": "t0ken"}, {"username": "u", "password": "p"}])
def test_secrets_stay_at_home_when_a_redirect_leads_elsewhere(
    lab: Bench, farm: Farm, other: Farm, secret: dict[str, str]
) -> None:
    there = farm.url(f"/redirect?code=307&to={other.url('/')}")
    check = Check(url=there, method="POST", body="s3cret", headers=(("X-Key", "k"),), **secret)
    assert lab.one(check).word == "up"
    assert farm.requests[-1].headers["x-key"] == "k"
    assert farm.requests[-1].body == b"s3cret"
    received = other.requests[-1]
    assert (received.method, received.body) == ("POST", b"")
    assert {"authorization", "x-key"} & received.headers.keys() == set()


def test_secrets_follow_a_redirect_on_the_same_host(lab: Bench, farm: Farm) -> None:
    check = Check(url=farm.url("/redirect?to=/here"), bearer="t0ken")
    assert lab.one(check).word == "up"
    assert farm.requests[-1].headers["authorization"] == "Bearer t0ken"


@pytest.mark.parametrize(("code", "method"), [(301, "GET"), (302, "GET"), (303, "GET"),
                                              (307, "POST"), (308, "POST")])  # fmt: skip
def test_post_that_is_redirected_changes_its_method_as_browsers_do(
    lab: Bench, farm: Farm, code: int, method: str
) -> None:
    check = Check(url=farm.url(f"/redirect?code={code}&to=/x"), method="POST", body="hello")
    assert lab.one(check).word == "up"
    assert farm.requests[-1].method == method
    assert farm.requests[-1].body == (b"hello" if method == "POST" else b"")


def test_handle_that_was_used_for_a_special_check_is_plain_again(lab: Bench, farm: Farm) -> None:
    special = Check(url=farm.url("/x"), method="POST", body="hello", bearer="t0ken")
    for check in (special, Check(url=farm.url("/y"))):
        assert lab.one(check).word == "up"
    received = farm.requests[-1]
    assert (received.path, received.method, received.body) == ("/y", "GET", b"")
    assert "authorization" not in received.headers


def test_request_says_who_asks(lab: Bench, farm: Farm) -> None:
    lab.one(Check(url=farm.url("/who")))
    assert farm.requests[-1].headers["user-agent"].startswith("PingPong-Status/")


def test_header_that_would_begin_another_is_not_sent(lab: Bench, farm: Farm) -> None:
    before = farm.connections
    outcome = lab.one(Check(url=farm.url("/"), headers=(("X", "1\r\nY: 2"),)))
    assert seen(outcome) == ("probe_fault", "header not valid")
    assert farm.connections == before
