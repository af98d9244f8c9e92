"""What a monitor that is down does to its component, while the monitor itself is changed."""

import pytest

from factories.actors import DONALD
from factories.components import make_component
from factories.metrics import make_monitor
from factories.moments import at
from factories.pages import make_page
from fixtures.ledger import Line, ledger_of
from pingpong.components.models import Component
from pingpong.monitors.lifecycle import (
    change_monitor,
    delete_monitor,
    pause_monitor,
    resume_monitor,
)
from pingpong.monitors.models import Monitor, Verdict
from pingpong.pages.models import Page

BEFORE = Line("Operational", "own", 0, 10)
HELD = Line("Major issues", "monitor", 10, 20)
FREE = Line("Operational", "own", 20, None)


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=at(0))


@pytest.fixture
def website(page: Page) -> Component:
    return make_component(page, "Website", now=at(0))


@pytest.fixture
def monitor(page: Page, website: Component) -> Monitor:
    """Down since the tenth minute, when it was told what to do about it."""
    monitor = make_monitor(page, component=website, url="https://acme.example/", now=at(0))
    Verdict.objects.create(
        monitor=monitor, state="down", since=0, covered_until=int(at(100).timestamp())
    )
    changes = {"status_when_down": "Major issues"}
    return change_monitor(monitor, changes, by=DONALD, now=at(10))


def test_a_monitor_that_is_down_holds_its_component(monitor: Monitor, website: Component) -> None:
    assert ledger_of(website) == [BEFORE, HELD._replace(end=None)]


def test_a_deleted_monitor_lets_go_and_its_past_stays(monitor: Monitor, website: Component) -> None:
    delete_monitor(monitor, by=DONALD, now=at(20))
    assert ledger_of(website) == [BEFORE, HELD, FREE]


def test_a_paused_monitor_lets_go_until_it_is_resumed(monitor: Monitor, website: Component) -> None:
    pause_monitor(monitor, by=DONALD, now=at(20))
    assert ledger_of(website) == [BEFORE, HELD, FREE]
    resume_monitor(monitor, by=DONALD, now=at(30))
    assert ledger_of(website)[2:] == [
        FREE._replace(end=30),
        Line("Major issues", "monitor", 30, None),
    ]


def test_another_word_holds_from_now_on(monitor: Monitor, website: Component) -> None:
    changes = {"status_when_down": "Critical state"}
    change_monitor(monitor, changes, by=DONALD, now=at(20))
    assert ledger_of(website) == [BEFORE, HELD, Line("Critical state", "monitor", 20, None)]
    change_monitor(monitor, {"status_when_down": None}, by=DONALD, now=at(30))
    assert ledger_of(website)[-1] == Line("Operational", "own", 30, None)


def test_another_component_is_held_from_now_on(
    page: Page, monitor: Monitor, website: Component
) -> None:
    other = make_component(page, "Other", now=at(0))
    change_monitor(monitor, {"component": other}, by=DONALD, now=at(20))
    assert ledger_of(website) == [BEFORE, HELD, FREE]
    assert ledger_of(other)[-1] == Line("Major issues", "monitor", 20, None)


def test_what_is_named_and_not_changed_goes_on(monitor: Monitor, website: Component) -> None:
    changes = {"status_when_down": "Major issues", "component": website}
    change_monitor(monitor, changes, by=DONALD, now=at(20))
    assert ledger_of(website) == [BEFORE, HELD._replace(end=None)]


def test_what_ends_as_it_begins_leaves_nothing(monitor: Monitor, website: Component) -> None:
    pause_monitor(monitor, by=DONALD, now=at(10))
    assert ledger_of(website)[-1].status == "Operational"
    assert [line.source for line in ledger_of(website)] == ["own"]


@pytest.mark.parametrize("state", ["up", "unknown"])
def test_a_monitor_that_is_not_down_holds_nothing(
    page: Page, website: Component, state: str
) -> None:
    monitor = make_monitor(page, component=website, url="https://acme.example/", now=at(0))
    Verdict.objects.create(monitor=monitor, state=state, since=0, covered_until=0)
    change_monitor(monitor, {"status_when_down": "Major issues"}, by=DONALD, now=at(10))
    assert ledger_of(website) == [Line("Operational", "own", 0, None)]
