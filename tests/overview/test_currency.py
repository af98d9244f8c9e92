from datetime import timedelta
from typing import Any

import pytest

from factories.actors import DONALD
from factories.components import make_component
from factories.metrics import make_monitor
from factories.moments import BEGINNING, at
from factories.outcomes import seen, ups
from factories.pages import make_page
from pingpong.monitors.lifecycle import pause_monitor, resume_monitor
from pingpong.monitors.models import MonitorKind, Showcase
from pingpong.overview.currency import UNWATCHED, Currency
from pingpong.overview.summary import summarise
from pingpong.pages.models import Page

pytestmark = pytest.mark.django_db

URL = "http://www.acme.example/"
# Three intervals of five minutes and one minute more.
LIMIT = 16


@pytest.fixture
def page() -> Page:
    return make_page(now=BEGINNING)


def _monitor(page: Page, name: str = "Website", **others: Any) -> Any:
    return make_monitor(page, name, now=at(0), **{"url": URL, **others})


def _currency(page: Page, minute: float) -> Currency:
    return summarise(page, now=at(minute)).currency


def test_page_whose_probe_dies_is_not_current_three_intervals_and_a_minute_later(
    page: Page,
) -> None:
    seen(_monitor(page), ups(2), since=at(1))
    before, after = _currency(page, 6 + LIMIT - 0.1), _currency(page, 6 + LIMIT)
    assert (before.is_current, before.is_lost, before.checked_at) == (True, False, at(6))
    assert (after.is_current, after.is_lost, after.checked_at) == (False, True, at(6))
    assert before.next_edge_at == at(6 + LIMIT)
    assert after.next_edge_at == at(6 + LIMIT + 1)


def test_page_is_current_again_with_the_first_outcome(page: Page) -> None:
    monitor = _monitor(page)
    seen(monitor, ups(1), since=at(1))
    assert _currency(page, 60).is_lost
    seen(monitor, ["connect_refused"], since=at(60))
    assert _currency(page, 61).is_current


def test_one_silent_monitor_of_two_is_told_and_loses_not_the_page(page: Page) -> None:
    seen(_monitor(page), ups(1), since=at(1))
    seen(_monitor(page, "API"), ups(2), since=at(20))
    told = _currency(page, 26)
    assert (told.watched, told.overdue, told.is_lost) == (2, 1, False)


def test_monitor_that_was_never_looked_at_is_waited_for_from_its_beginning(page: Page) -> None:
    _monitor(page)
    assert _currency(page, LIMIT - 1).is_current
    told = _currency(page, LIMIT)
    assert (told.is_lost, told.checked_at) == (True, None)


def test_paused_monitor_is_not_waited_for_and_anew_from_when_it_is_resumed(page: Page) -> None:
    monitor = _monitor(page)
    seen(monitor, ups(1), since=at(1))
    pause_monitor(monitor, by=DONALD, now=at(5))
    assert _currency(page, 60) == UNWATCHED
    resume_monitor(monitor, by=DONALD, now=at(60))
    assert _currency(page, 60 + LIMIT - 1).is_current
    assert _currency(page, 60 + LIMIT).is_lost


def test_heartbeat_and_monitor_that_nobody_sees_do_not_speak_for_the_page(page: Page) -> None:
    _monitor(page, "Backups", url="", kind=MonitorKind.HEARTBEAT)
    _monitor(page, "Internal", showcased=Showcase.NOTHING)
    assert _currency(page, 600) == UNWATCHED


def test_monitor_of_a_shown_component_speaks_for_the_page_without_being_shown(page: Page) -> None:
    shown = make_component(page, now=at(0))
    hidden = make_component(page, "Hidden", showcased=False, now=at(0))
    _monitor(page, component=shown, showcased=Showcase.NOTHING)
    _monitor(page, component=hidden, showcased=Showcase.NOTHING)
    assert _currency(page, 600).overdue == 1
    assert summarise(page, now=at(1)).next_edge_at == at(0) + timedelta(minutes=LIMIT)
