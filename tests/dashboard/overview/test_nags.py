"""The dashboard reminds a team of what it has not said, until that is put aside."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from factories.components import make_component
from factories.incidents import make_incident
from factories.metrics import make_monitor
from fixtures.cast import Member
from fixtures.visitors import Visit, Visitor
from pingpong.components.models import Component
from pingpong.events.models import Event
from pingpong.kit.clock import utc_now
from pingpong.monitors.models import Monitor, Verdict
from pingpong.pages.models import Page
from pingpong.pages.warnings import HIDDEN_FOR, hidden_until

HOUR = timedelta(hours=1)
URL = "https://acme.example/"
Reach = Callable[..., str]


@pytest.fixture
def reach(acme: Page) -> Reach:
    return lambda name, **kwargs: reverse(f"dashboard:{name}", kwargs={"slug": acme.slug, **kwargs})


@pytest.fixture
def desk(visit: Visit, responder: Member) -> Visitor:
    return visit(responder)


def _judge(monitor: Monitor, state: str, *, ago: timedelta) -> None:
    second = int((utc_now() - ago).timestamp())
    Verdict.objects.update_or_create(
        monitor=monitor, defaults={"state": state, "since": second, "covered_until": second}
    )


@pytest.fixture
def down(acme: Page) -> Component:
    """Return a component that is called operational, and whose monitor is down."""
    component = make_component(acme, "Website")
    _judge(make_monitor(acme, "Start page", url=URL, component=component), "down", ago=HOUR)
    return component


def _nags(desk: Visitor, address: str) -> list[str]:
    return [one.text for one in desk.get(address).context["overview"].nags]


def test_overview_and_components_nag_of_what_is_down_undeclared(
    acme: Page, desk: Visitor, reach: Reach, down: Component
) -> None:
    said = "“Website” is called operational, but its monitor “Start page” is down."
    assert _nags(desk, reach("overview")) == [said]
    assert said in desk.get(reach("components")).content.decode()
    make_incident(acme, affected=[(down, "Major issues")])
    assert _nags(desk, reach("overview")) == []


def test_incident_nags_of_a_broken_promise_and_of_monitors_that_are_up(
    acme: Page, desk: Visitor, reach: Reach
) -> None:
    component = make_component(acme, "Website")
    _judge(make_monitor(acme, url=URL, component=component), "up", ago=HOUR)
    now = utc_now()
    incident = make_incident(
        acme,
        "Slow",
        affected=[(component, "Minor issues")],
        next_update_by=now - timedelta(minutes=1),
        now=now - HOUR,
    )
    make_incident(acme, "Other")
    said = [
        "“Slow” is open, but all monitors of its components are up.",
        "Visitors of “Slow” were promised an update, and it has not come.",
    ]
    assert _nags(desk, reach("overview")) == said
    nags = desk.get(reach("incident", incident=incident.pk)).context["nags"]
    assert [one.text for one in nags] == said


def test_nags_are_put_aside_for_the_team_and_new_ones_are_told(
    acme: Page, desk: Visitor, reach: Reach, down: Component
) -> None:
    version, events = Page.objects.get(pk=acme.pk).version, Event.objects.count()
    assert desk.post(reach("hide_nags")).status_code == 302
    assert _nags(desk, reach("overview")) == []
    page = Page.objects.get(pk=acme.pk)
    assert (page.version, Event.objects.count()) == (version, events)
    assert page.warnings_hidden_by
    assert page.warnings_hidden_by in desk.get(reach("overview")).content.decode()
    make_incident(acme, "Slow", next_update_by=utc_now() + timedelta(seconds=0.001))
    assert len(_nags(desk, reach("overview"))) == 1
    Page.objects.filter(pk=acme.pk).update(warnings_hidden_at=utc_now() - HIDDEN_FOR)
    assert len(_nags(desk, reach("overview"))) == 2
    assert hidden_until(Page.objects.get(pk=acme.pk), now=utc_now()) is None


def test_viewer_sees_the_nags_and_cannot_put_them_aside(
    visit: Visit, viewer: Member, reach: Reach, down: Component
) -> None:
    desk = visit(viewer)
    assert reach("hide_nags") not in desk.get(reach("overview")).content.decode()
    assert desk.post(reach("hide_nags")).status_code == 403
    assert len(_nags(desk, reach("overview"))) == 1
