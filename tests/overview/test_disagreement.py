from typing import Any

import pytest

from factories.actors import DONALD
from factories.components import make_component
from factories.incidents import make_incident, resolve
from factories.metrics import make_monitor
from factories.moments import BEGINNING, at
from factories.outcomes import seen, ups
from factories.pages import make_page
from pingpong.components.models import Component
from pingpong.monitors.lifecycle import pause_monitor
from pingpong.overview.disagreement import doubts_of, open_incidents_of
from pingpong.overview.summary import Summary, summarise
from pingpong.pages.changing import change_page
from pingpong.pages.models import Page

pytestmark = pytest.mark.django_db

DOWN = ["connect_refused"]


@pytest.fixture
def page() -> Page:
    return make_page(now=BEGINNING)


@pytest.fixture
def component(page: Page) -> Component:
    return make_component(page, now=at(0))


def _watched(page: Page, component: Component, words: list[str], name: str = "Website") -> Any:
    url = "http://www.acme.example/"
    monitor = make_monitor(page, name, url=url, component=component, now=at(0))
    seen(monitor, words, since=at(1))
    return monitor


def _doubted(summary: Summary) -> list[bool]:
    return [one.is_doubted for one in summary.components]


def test_component_that_is_down_undeclared_is_doubted_after_ten_minutes_if_the_page_may(
    page: Page, component: Component
) -> None:
    _watched(page, component, DOWN * 3)
    (doubt,) = doubts_of(page.pk, {component.pk: "Operational"})
    assert (doubt.component_id, doubt.since, doubt.counts_from) == (component.pk, at(1), at(11))
    assert _doubted(summarise(page, now=at(30))) == [False]
    change_page(page, {"shows_doubts": True}, by=DONALD, now=at(2))
    before = summarise(page, now=at(10))
    assert (_doubted(before), before.next_edge_at) == ([False], at(11))
    assert _doubted(summarise(page, now=at(11))) == [True]


def test_nothing_is_doubted_that_was_declared_or_that_nobody_watches(
    page: Page, component: Component
) -> None:
    monitor = _watched(page, component, DOWN * 3)
    assert doubts_of(page.pk, {component.pk: "Minor issues"}) == []
    pause_monitor(monitor, by=DONALD, now=at(15))
    assert doubts_of(page.pk, {component.pk: "Operational"}) == []


def test_incident_is_overtaken_once_every_monitor_of_its_components_is_up(
    page: Page, component: Component
) -> None:
    other = make_component(page, "API", now=at(0))
    unwatched = make_component(page, "Mail", now=at(0))
    broken = [(one, "Major issues") for one in (component, other, unwatched)]
    incident = make_incident(page, affected=broken, next_update_by=at(60), now=at(3))
    assert [one.up_since for one in open_incidents_of(page.pk)] == [None]
    _watched(page, component, ups(3))
    late = _watched(page, other, [*DOWN * 3], "API")
    assert [one.up_since for one in open_incidents_of(page.pk)] == [None]
    seen(late, ups(4), since=at(16))
    (one,) = open_incidents_of(page.pk)
    assert (one.incident_id, one.up_since, one.next_update_by) == (incident.pk, at(16), at(60))
    resolve(incident, now=at(50))
    assert open_incidents_of(page.pk) == []
