"""Start, extend and finish a window by hand, and take that back."""

from datetime import timedelta

import pytest

from factories.actors import DONALD
from factories.maintenance import make_maintenance
from factories.moments import at
from pingpong.components.effects import active_by_component
from pingpong.components.models import Component
from pingpong.events.models import Event
from pingpong.maintenance.clock import turn_clock
from pingpong.maintenance.models import Maintenance
from pingpong.maintenance.running import (
    WindowMovedOnError,
    extend,
    finish_now,
    start_now,
    take_back,
)
from pingpong.pages.models import Page

SECOND = timedelta(seconds=1)


@pytest.fixture
def window(page: Page, website: Component) -> Maintenance:
    """From minute 10 to minute 30."""
    return make_maintenance(
        page, scheduled_for=at(10), ends_at=at(30), affected=[website], now=at(0)
    )


def kinds() -> list[str]:
    rows = Event.objects.filter(kind__startswith="maintenance.").order_by("id")
    return [one.kind.partition(".")[2] for one in rows]


def is_shown(component: Component, minute: float) -> bool:
    return component.pk in active_by_component(component.page_id, at(minute))


def test_a_window_is_started_early_and_lasts_as_long(
    window: Maintenance, website: Component
) -> None:
    start_now(window, by=DONALD, now=at(5))
    assert (window.scheduled_for, window.ends_at) == (at(5), at(25))
    assert [is_shown(website, minute) for minute in (4, 5, 24, 25)] == [False, True, True, False]
    turn_clock(at(40))
    assert kinds() == ["scheduled", "changed", "started", "completed"]


def test_a_window_is_finished_early(window: Maintenance, website: Component) -> None:
    turn_clock(at(11))
    finish_now(window, by=DONALD, now=at(15))
    assert (window.status_at(at(15)), is_shown(website, 16)) == ("Complete", False)
    turn_clock(at(40))
    assert kinds() == ["scheduled", "started", "changed", "completed"]


def test_a_window_is_extended_while_it_goes_on_and_before(
    window: Maintenance, website: Component
) -> None:
    extend(window, minutes=15, by=DONALD, now=at(5))
    extend(window, minutes=30, by=DONALD, now=at(20))
    assert (window.ends_at, is_shown(website, 74)) == (at(75), True)


@pytest.mark.parametrize("minute", [30, 31])
def test_a_window_that_is_over_is_not_touched(window: Maintenance, minute: int) -> None:
    for verb in (start_now, finish_now):
        with pytest.raises(WindowMovedOnError):
            verb(window, by=DONALD, now=at(minute))
    with pytest.raises(WindowMovedOnError):
        extend(window, minutes=15, by=DONALD, now=at(minute))
    assert kinds() == ["scheduled"]


def test_a_finished_window_can_be_taken_back(window: Maintenance, website: Component) -> None:
    before = (window.scheduled_for, window.ends_at)
    finish_now(window, by=DONALD, now=at(15))
    seen = (window.scheduled_for, window.ends_at)
    take_back(window, seen=seen, before=before, by=DONALD, now=at(16))
    assert (window.ends_at, is_shown(website, 17)) == (at(30), True)


def test_times_that_somebody_else_has_changed_are_not_taken_back(window: Maintenance) -> None:
    before = (window.scheduled_for, window.ends_at)
    extend(window, minutes=15, by=DONALD, now=at(5))
    extend(window, minutes=15, by=DONALD, now=at(6))
    with pytest.raises(WindowMovedOnError):
        take_back(window, seen=(at(10), at(45)), before=before, by=DONALD, now=at(7))
    assert Maintenance.objects.get().ends_at == at(60)


def test_a_start_can_be_finished_at_once_but_not_before_it(window: Maintenance) -> None:
    start_now(window, by=DONALD, now=at(5))
    with pytest.raises(WindowMovedOnError):
        finish_now(window, by=DONALD, now=at(5))
    finish_now(window, by=DONALD, now=at(5) + SECOND)
    assert window.ends_at == at(5) + SECOND
