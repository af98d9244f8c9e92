"""Clients of the shared format, as they are published, against a front on this machine."""

import importlib
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import whadup

from factories.moments import at
from pingpong.pages.models import Page
from pingpong.public.front import Front
from pingpong.public.refresher import Refresher
from pingpong.public.render import Renderer

from .feed_stories import PAGE, Story, make_story

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- their name
        """Leave the output of the tests alone."""


@pytest.fixture
def story(page: Page) -> Story:
    return make_story(page)


@pytest.fixture
def address(story: Story, front: Front) -> Iterator[str]:
    """Return where the front is served, with the story rendered in it."""
    Renderer().render_due(at(60))
    Refresher(front.library).sync()
    with make_server("127.0.0.1", 0, front, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{PAGE}"
        server.shutdown()
        thread.join()


def test_whadup_reads_each_document(
    address: str, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whadup, "API_BASE_URL", f"{address}api/")
    client = whadup.GithubStatus()
    summary = client.summary()
    assert summary["status"] == client.status()["status"]
    assert summary["components"] == client.components()["components"]
    unresolved = client.Incidents.unresolved()["incidents"]
    assert [one["name"] for one in unresolved] == ["Outage"]
    everything: Any = client.Incidents()
    assert [one["name"] for one in everything["incidents"]] == ["Outage", "Slow <pages>"]
    name = "scheduled_maintenances"
    assert [one["id"] for one in client.Maintenances.upcoming()[name]] == [story.planned.pk]
    assert client.Maintenances.active()[name] == []
    windows: Any = client.Maintenances()
    assert [one["id"] for one in windows[name]] == [story.planned.pk, story.over.pk]


def test_prometheus_exporter_checks_the_page(
    address: str, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = tmp_path / "services.json"
    services.write_text(json.dumps({"acme": {"name": "ACME", "url": "x"}}), encoding="utf-8")
    monkeypatch.setenv("SERVICES_JSON_PATH", str(services))
    monkeypatch.chdir(tmp_path)
    checker = importlib.import_module("statuspage_prometheus_exporter.service_checker")
    found = checker.check_service_status("acme", {"url": f"{address}api/v2/summary.json"})
    assert (found["success"], found["status"], found["raw_status"]) == (True, 0, "critical")
    (incident,) = found["incident_metadata"]
    assert (incident["name"], incident["affected_components"]) == ("Outage", ["API"])
    assert incident["shortlink"].endswith(f"/incidents/{story.outage.pk}/")
    (window,) = found["maintenance_metadata"]
    assert (window["scheduled_start"], window["scheduled_end"]) == (
        "2026-03-12T09:00:00.000Z",
        "2026-03-12T10:00:00.000Z",
    )
    assert {one["name"]: one["status"] for one in found["component_metadata"]} == {
        "API": "major_outage",
        "Regions": "operational",
        "Website": "operational",
    }
