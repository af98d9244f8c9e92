from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from pingpong.kit.clock import utc_now
from pingpong.public.render import render_due_pages
from pingpong.runtime import heartbeat
from pingpong.runtime.models import EngineBeat
from pingpong.teams.bootstrap import bootstrap

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """Somebody who calls this machine by a name of its own."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def engine() -> None:
    """An engine that is alive."""
    heartbeat.beat(started_at=utc_now(), pages_rendered=7, now=utc_now())


def test_healthz_needs_nothing(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_head_answers_as_get_without_a_body(client: Client, engine: None, path: str) -> None:
    response = client.head(path)
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_nothing_can_be_sent_there(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_readyz_names_each_part(client: Client, engine: None) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "checks": {"database": "ok", "migrations": "ok", "engine": "ok", "pages": "ok"},
    }


def test_readyz_misses_an_engine_that_never_was(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {
        "database": "ok",
        "migrations": "ok",
        "engine": "silent",
        "pages": "ok",
    }


def test_readyz_waits_for_the_first_render(client: Client, engine: None) -> None:
    bootstrap(project="A", slug="a", email="a@a.example", name="A", now=utc_now())
    assert client.get("/readyz").json()["checks"]["pages"] == "not rendered yet"
    render_due_pages(utc_now())
    assert client.get("/readyz").json()["checks"]["pages"] == "ok"


@pytest.mark.parametrize(("silent_s", "word"), [(29, "ok"), (31, "silent")])
def test_an_engine_is_alive_for_30_seconds(client: Client, silent_s: int, word: str) -> None:
    heartbeat.beat(
        started_at=utc_now(), pages_rendered=0, now=utc_now() - timedelta(seconds=silent_s)
    )
    assert client.get("/readyz").json()["checks"]["engine"] == word


def test_readyz_sees_migrations_that_are_missing(client: Client, engine: None) -> None:
    MigrationRecorder.Migration.objects.filter(app="runtime").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == "pending"


def test_readyz_says_so_when_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: MigrationRecorder) -> Any:
        raise OperationalError("away, with a password in the text")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "checks": {
            "database": "unreachable",
            "migrations": "unknown",
            "engine": "unknown",
            "pages": "unknown",
        },
    }


def test_metrics_are_prometheus_text(client: Client, engine: None) -> None:
    client.get("/metrics")
    response = client.get("/metrics")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert 'pingpong_build_info{version="0.1.0"} 1.0' in lines
    assert "pingpong_database_up 1.0" in lines
    assert "pingpong_pages_rendered 7.0" in lines
    assert "pingpong_events_unclaimed 0.0" in lines
    assert any(line.startswith("pingpong_engine_beat_age_seconds ") for line in lines)
    assert any(
        line.startswith('pingpong_http_requests_total{method="GET",status="2xx"}') for line in lines
    )
    assert any(line.startswith("process_resident_memory_bytes ") for line in lines)


def test_metrics_survive_a_database_that_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Any:
        raise OperationalError("away")

    monkeypatch.setattr(EngineBeat.objects, "aggregate", refuse)
    lines = client.get("/metrics").content.decode().splitlines()
    assert "pingpong_database_up 0.0" in lines
    assert not any(line.startswith("pingpong_pages_rendered") for line in lines)


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("127.9.9.9", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 403),
        ("::ffff:192.0.2.7", {}, 403),
        ("127.0.0.1", {"Host": "127.0.0.1:8000"}, 200),
        ("127.0.0.1", {"Host": "elsewhere.example:8000"}, 403),
        ("", {}, 403),
        ("not an address", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 403),
        ("127.0.0.1", {"X-Forwarded-For": ""}, 403),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.7"}, 403),
        ("127.0.0.1", {"X-Real-IP": "192.0.2.7"}, 403),
        ("192.0.2.7", {"Authorization": "Bearer a metrics token"}, 200),
        ("127.0.0.1", {"X-Forwarded-For": "::1", "Authorization": "Bearer a metrics token"}, 200),
        ("192.0.2.7", {"Authorization": "Bearer another token"}, 403),
        ("192.0.2.7", {"Authorization": "Token a metrics token"}, 403),
        ("192.0.2.7", {"Authorization": "a metrics token"}, 403),
        ("192.0.2.7", {"Authorization": "Bearer ünïcode"}, 403),
    ],
)
def test_metrics_are_for_this_machine_or_a_bearer(
    client: Client, settings: Any, peer: str, headers: dict[str, str], status: int
) -> None:
    settings.METRICS_TOKEN = "a metrics token"
    response = client.get("/metrics", headers=headers, REMOTE_ADDR=peer)
    assert response.status_code == status


def test_without_a_configured_token_no_bearer_is_let_in(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    headers = {"Authorization": "Bearer "}
    assert client.get("/metrics", headers=headers, REMOTE_ADDR="192.0.2.7").status_code == 403
