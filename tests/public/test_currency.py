import json
from typing import Any

import pytest

from factories.actors import DONALD
from factories.components import make_component
from factories.incidents import make_incident
from factories.metrics import make_monitor
from factories.moments import BEGINNING, at
from factories.outcomes import seen, ups
from factories.pages import make_page
from pingpong.events.models import Event
from pingpong.monitors.models import Monitor
from pingpong.pages.changing import change_page
from pingpong.pages.models import Page
from pingpong.public.models import StoredBody
from pingpong.public.refresher import _copy as copy_of
from pingpong.public.render import Renderer, render_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Page:
    page = make_page(now=BEGINNING)
    component = make_component(page, now=at(0))
    monitor = make_monitor(page, url="http://www.acme.example/", component=component, now=at(0))
    seen(monitor, ups(2), since=at(1))
    return page


def _html() -> str:
    return bytes(StoredBody.objects.get(path="/s/acme/").identity).decode()


def _json() -> dict[str, Any]:
    return dict(json.loads(bytes(StoredBody.objects.get(path="/s/acme/summary.json").identity)))


def test_page_of_a_dead_probe_stops_being_green_by_the_clock_alone(page: Page) -> None:
    renderer = Renderer()
    renderer.render_due(at(7))
    assert "<h1>All systems operational</h1>" in _html()
    assert (_json()["is_current"], _json()["last_check_at"]) == (True, "2026-03-10T09:06:00Z")
    renderer.render_due(at(22))
    assert "<h1>Not known to be current</h1>" in _html()
    assert '<header class="top none">' in _html()
    assert "The checks behind this page are overdue: the last came in at" in _html()
    assert "Last known: All systems operational." in _html()
    told = _json()
    assert (told["status"], told["status_color"]) == ("All systems operational", "green")
    assert (told["is_current"], told["overdue_checks"]) == (False, 1)


def test_copy_of_a_stuck_engine_is_not_current_either(page: Page) -> None:
    for minute, slots in ((7, 1), (60, 0)):
        render_page(page.pk, now=at(minute))
        row = StoredBody.objects.get(path="/s/acme/summary.json")
        assert bytes(row.identity).decode().count('"is_current":true') == slots
        _, encodings = copy_of(row).stale(at(minute).timestamp())
        told = json.loads(encodings.identity)
        assert (told["is_current"], told["stale"]) == (False, True)


def test_incident_stays_the_headline_of_a_page_that_nobody_checks(page: Page) -> None:
    make_incident(page, now=at(8))
    render_page(page.pk, now=at(60))
    assert "<h1>Some systems have issues</h1>" in _html()
    assert "The checks behind this page are overdue" in _html()


def test_page_says_when_it_was_checked_and_made(page: Page) -> None:
    render_page(page.pk, now=at(7))
    line = _html().partition('<p class="made">')[2].partition("</p>")[0]
    assert line.startswith("Last check: <time datetime=")
    assert 'Page made: <time id="made" datetime="2026-03-10T09:07:00Z" data-short>' in line
    assert _json()["rendered_at"] == "2026-03-10T09:07:00Z"


def test_page_tells_beside_a_component_what_the_probes_see_if_it_may(page: Page) -> None:
    seen(Monitor.objects.get(), ["connect_refused"] * 3, since=at(11))
    render_page(page.pk, now=at(60))
    assert "Our probes currently see a problem here" not in _html()
    change_page(page, {"shows_doubts": True}, by=DONALD, now=at(61))
    render_page(page.pk, now=at(61))
    assert "Our probes currently see a problem here" in _html()
    assert _json()["components"][0]["probes_see_problem"] is True
    told = Event.objects.get(kind="page.changed").data
    assert told == {"differences": {"shows_doubts": [False, True]}}
