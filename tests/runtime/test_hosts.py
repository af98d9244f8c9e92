"""The guard of the name, around the whole application."""

from collections.abc import Iterable
from typing import Any

import pytest

from pingpong.runtime.hosts import HostGuard

Environ = dict[str, Any]
OWN = ("status.example.com", "localhost", "[::1]")


class Inner:
    """What stands behind the guard, and what reached it."""

    def __init__(self) -> None:
        self.seen: list[Environ] = []

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        self.seen.append(environ)
        start_response("200 OK", [])
        return [b"a tenant's page"]


@pytest.fixture
def inner() -> Inner:
    return Inner()


def ask(guard: HostGuard, host: str | None, path: str = "/s/acme/", **more: str) -> str:
    """Ask for a path; return the status, and check that a refusal says nothing of ours."""
    told: list[Any] = []
    environ: Environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, **more}
    if host is not None:
        environ["HTTP_HOST"] = host
    body = b"".join(guard(environ, lambda *answer: told.append(answer)))
    status, headers = told[0][:2]
    if status.startswith("421"):
        text = body.decode("ascii")
        assert "PINGPONG_BASE_URL" in text
        assert "PINGPONG_ALLOWED_HOSTS" in text
        assert text.count(".") == text.count("\n") == 1
        assert dict(headers)["Content-Type"] == "text/plain; charset=utf-8"
        assert dict(headers)["Content-Length"] == str(len(body))
        assert dict(headers)["Cache-Control"] == "no-store"
    return str(status)


@pytest.mark.parametrize(
    "host",
    [
        "status.example.com",
        "Status.EXAMPLE.com",
        "status.example.com.",
        "status.example.com:8000",
        "localhost:9",
        "[::1]:8000",
    ],
)
def test_own_name_in_any_spelling_is_let_through_again_and_again(inner: Inner, host: str) -> None:
    guard = HostGuard(inner, own=OWN)
    assert [ask(guard, host) for _ in range(3)] == ["200 OK"] * 3
    assert len(inner.seen) == 3


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        "evil.example",
        "status.example.com.evil.example",
        "evil.example:8000",
        "evil@status.example.com",
        "status.example.com, evil.example",
        "status.example.com status.example.com",
        "http://status.example.com",
        "my_host",
        "127.0.0.1",
        "[::2]",
        "\u00e9vil.example",
        "x" * 10_000,
    ],
)
def test_other_name_is_refused_before_anything_is_asked(inner: Inner, host: str | None) -> None:
    guard = HostGuard(inner, own=OWN)
    for path in (
        "/s/acme/",
        "/",
        "/dashboard/",
        "/rest/v1/status",
        "/metrics",
        "/healthz/",
        "//healthz",
    ):
        assert ask(guard, host, path) == "421 Misdirected Request"
    assert inner.seen == []


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_answered_to_any_name(inner: Inner, path: str) -> None:
    guard = HostGuard(inner, own=OWN)
    assert [ask(guard, host, path) for host in (None, "", "10.1.2.3", "a b")] == ["200 OK"] * 4


def test_forwarded_names_are_nothing_to_it(inner: Inner) -> None:
    guard = HostGuard(inner, own=OWN)
    theirs = {"HTTP_X_FORWARDED_HOST": "status.example.com", "HTTP_FORWARDED": "host=localhost"}
    ours = {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_FORWARDED": "host=evil.example"}
    assert ask(guard, "evil.example", **theirs) == "421 Misdirected Request"
    assert ask(guard, "localhost", **ours) == "200 OK"


def test_many_spellings_are_not_all_remembered(inner: Inner) -> None:
    guard = HostGuard(inner, own=OWN)
    for port in range(1, 1000):
        assert ask(guard, f"localhost:{port}") == "200 OK"
    assert len(guard._spellings) == 256
    assert ask(guard, "localhost:1000") == "200 OK"


def test_host_of_a_page_is_answered_from_its_proof_until_it_is_gone(inner: Inner) -> None:
    proven: dict[str, str] = {}
    guard = HostGuard(inner, own=OWN, verified=lambda: proven)
    assert ask(guard, "status.acme.example") == "421 Misdirected Request"
    proven["status.acme.example"] = "acme"
    assert ask(guard, "Status.ACME.example:443") == "200 OK"
    del proven["status.acme.example"]
    assert ask(guard, "Status.ACME.example:443") == "421 Misdirected Request"


def test_guard_without_hosts_of_pages_has_none(inner: Inner) -> None:
    guard = HostGuard(inner, own=OWN)
    assert ask(guard, "status.acme.example") == "421 Misdirected Request"
