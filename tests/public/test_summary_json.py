import json
from typing import Any

import pytest

from factories.components import make_component, make_group
from factories.incidents import make_incident, make_update
from factories.maintenance import make_maintenance
from factories.metrics import make_monitor
from factories.moments import at
from factories.outcomes import seen, ups
from pingpong.monitors.models import Showcase
from pingpong.overview.summary import summarise
from pingpong.pages.models import Page
from pingpong.public.summary_json import AGE_SLOT, render_json

KEYS = {
    "page": {"name", "slug", "url", "time_zone"},
    "status": None,
    "status_color": None,
    "components": {"id", "name", "group", "description", "status", "status_color", "uptime_90d",
        "probes_see_problem",
    },
    "groups": {"id", "name", "description"},
    "metrics": {
        "id", "name", "component", "state", "uptime_90d", "response_time_ms", "checked_at",
    },
    "custom_metrics": {
        "id", "name", "component", "suffix", "rollup", "value", "fed_at",
    },
    "incidents": {
        "id", "title", "status", "message", "occurred_at", "affected_components", "updates",
        "next_update_by",
    },
    "maintenance": {"in_progress", "upcoming"},
    "updated_at": None,
    "rendered_at": None,
    "last_check_at": None,
    "overdue_checks": None,
    "is_current": None,
    "stale": None,
}  # fmt: skip
UPDATE = {"id", "status", "message", "created_at"}
AFFECTED = {"id", "name", "status", "status_color"}
MAINTENANCE = {
    "id", "title", "status", "message", "scheduled_for", "ends_at", "affected_components",
}  # fmt: skip
URL = "http://www.acme.example/private"
SECRETS = ("private", "Secret", "sp_", "Donald", "shields", "token")


def _document(page: Page, minute: float = 30) -> dict[str, Any]:
    text = render_json(summarise(page, now=at(minute)), url="http://x/s/acme/", changed_at=at(9))
    return dict(json.loads(text))


@pytest.fixture
def busy(page: Page) -> Page:
    group = make_group(page, "Regions", now=at(0))
    shown = make_component(page, "Europe", group=group, description="Near you", now=at(0))
    secret = make_component(page, "Secret", showcased=False, now=at(0))
    affected = [(shown, "Major issues"), (secret, "Critical state")]
    incident = make_incident(page, affected=affected, now=at(10))
    make_update(incident, "Identified", now=at(20))
    make_maintenance(
        page, scheduled_for=at(25), ends_at=at(50), affected=[shown, secret], now=at(1)
    )
    make_maintenance(page, affected=[secret], now=at(1))
    seen(make_monitor(page, url=URL, component=shown, now=at(1)), ups(3), since=at(2))
    make_monitor(page, "Secret", url=URL, showcased=Showcase.NOTHING, now=at(1))
    return page


def test_document_has_exactly_these_keys(busy: Page) -> None:
    document = _document(busy)
    assert set(document) == set(KEYS)
    assert set(document["page"]) == KEYS["page"]
    assert [set(one) for one in document["components"]] == [KEYS["components"]]
    assert [set(one) for one in document["groups"]] == [KEYS["groups"]]
    assert [set(one) for one in document["metrics"]] == [KEYS["metrics"]]
    (incident,) = document["incidents"]
    assert set(incident) == KEYS["incidents"]
    assert [set(one) for one in incident["updates"]] == [UPDATE]
    assert [set(one) for one in incident["affected_components"]] == [AFFECTED]
    assert set(document["maintenance"]) == KEYS["maintenance"]
    (running,), (coming,) = document["maintenance"].values()
    assert (set(running), set(coming)) == (MAINTENANCE, MAINTENANCE)
    assert [set(one) for one in running["affected_components"]] == [AFFECTED]
    assert coming["affected_components"] == []


def test_document_tells_what_the_page_shows(busy: Page) -> None:
    document = _document(busy)
    assert document["page"] == {
        "name": "ACME",
        "slug": "acme",
        "url": "http://x/s/acme/",
        "time_zone": "UTC",
    }
    assert (document["status"], document["status_color"]) == ("Some systems have issues", "orange")
    (component,), (group,) = document["components"], document["groups"]
    assert component["group"] == group["id"]
    assert (component["status"], component["uptime_90d"]) == ("Major issues", 100.0)
    assert document["incidents"][0]["updates"][0]["status"] == "Identified"
    assert document["maintenance"]["in_progress"][0]["scheduled_for"] == "2026-03-10T09:25:00Z"
    assert (document["updated_at"], document["stale"]) == ("2026-03-10T09:09:00Z", False)


def test_metrics_tell_what_is_showcased(busy: Page) -> None:
    make_monitor(busy, "Half", url=URL, showcased=Showcase.UPTIME, now=at(3))
    whole, half = _document(busy)["metrics"]
    assert whole == {
        "id": whole["id"],
        "name": "Website",
        "component": _document(busy)["components"][0]["id"],
        "state": "up",
        "uptime_90d": 100.0,
        "response_time_ms": 120,
        "checked_at": "2026-03-10T09:12:00Z",
    }
    assert (half["component"], half["state"], half["response_time_ms"]) == (None, "unknown", None)


def test_nothing_secret_is_told(busy: Page) -> None:
    text = json.dumps(_document(busy))
    assert [word for word in SECRETS if word in text] == []


def test_component_without_data_has_no_figure(page: Page) -> None:
    make_component(page, status="Unknown", now=at(0))
    assert _document(page)["components"][0]["uptime_90d"] is None


def test_markup_in_names_closes_nothing(page: Page) -> None:
    name = '</script><!--&\u2028"stale":false]]>'
    make_component(page, name, now=at(0))
    text = render_json(summarise(page, now=at(1)), url="http://x/", changed_at=at(0))
    assert [mark for mark in "<>&\u2028\u2029" if mark in text] == []
    assert json.loads(text)["components"][0]["name"] == name
    assert text.count(AGE_SLOT) == 1
