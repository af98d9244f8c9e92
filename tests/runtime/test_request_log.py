import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from structlog.testing import capture_logs

from pingpong.runtime import request_log

pytestmark = pytest.mark.django_db

SECRETS = {
    "query": "query-secret",
    "header": "header-secret",
    "body": "body-secret",
    "cookie": "cookie-secret",
}


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    with capture_logs() as lines:
        # A logger that was used before holds on to its old processors.
        monkeypatch.setattr(request_log, "log", request_log.structlog.get_logger("test"))
        yield lines


def test_a_request_leaves_one_line(client: Client, lines: list[Any]) -> None:
    client.get("/metrics", headers={"Host": "localhost"})
    (line,) = lines
    assert line.pop("duration_ms") >= 0
    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "path": "/metrics",
        "status": 200,
    }


def test_no_secret_is_written(client: Client, lines: list[Any]) -> None:
    client.cookies["session"] = SECRETS["cookie"]
    client.post(
        f"/rest/v1/components?token={SECRETS['query']}",
        data=json.dumps({"name": SECRETS["body"]}),
        content_type="application/json",
        headers={"Authorization": f"Token {SECRETS['header']}"},
    )
    written = repr(lines)
    assert "/rest/v1/components" in written
    for secret in SECRETS.values():
        assert secret not in written


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_health_check_leaves_none(client: Client, lines: list[Any], path: str) -> None:
    client.get(path)
    assert lines == []


def test_a_path_cannot_end_the_line(client: Client, lines: list[Any]) -> None:
    client.get("/s/a%0Aevent=forged%1B[31m/")
    assert lines[0]["path"] == "/s/a%0Aevent=forged%1B%5B31m/"


def test_a_long_path_is_cut(client: Client, lines: list[Any]) -> None:
    client.get(f"/s/{'a' * 5000}/")
    assert len(lines[0]["path"]) == 500


def test_every_answer_carries_an_id(client: Client) -> None:
    first, second = (client.get("/metrics")["X-Request-Id"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [("a-proxy_made.this1", True), ("short", False), ("a" * 65, False), ("with space", False)],
)
def test_the_id_of_a_proxy_is_kept_when_it_is_one(
    client: Client, given: str, is_kept: bool
) -> None:
    response = client.get("/metrics", headers={"X-Request-Id": given})
    assert (response["X-Request-Id"] == given) is is_kept


def test_the_key_of_a_badge_is_hidden(client: Client, lines: list[Any]) -> None:
    client.get("/widget/shields/status/sp_0123456789abcdef0123456789abcdef")
    (line,) = lines
    assert line["path"] == "/widget/shields/status/***"


def test_the_key_of_a_heartbeat_is_hidden(client: Client, lines: list[Any]) -> None:
    client.get("/heartbeat/hb_0123456789abcdef0123456789abcdef01234567/")
    (line,) = lines
    assert line["path"] == "/heartbeat/***"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/dashboard/invitation/0123abcd/", "/dashboard/invitation/***"),
        ("/dashboard/account/email/confirm/0123abcd/", "/dashboard/account/email/confirm/***"),
        (
            "/dashboard/account/password/reset/key/1/0123abcd/",
            "/dashboard/account/password/reset/key/***",
        ),
    ],
)
def test_the_key_in_a_link_of_a_letter_is_hidden(
    client: Client, lines: list[Any], path: str, written: str
) -> None:
    client.get(path)
    (line,) = lines
    assert line["path"] == written
