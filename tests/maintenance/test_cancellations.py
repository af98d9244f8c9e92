from datetime import timedelta

import pytest

from factories.actors import DONALD
from factories.components import make_component
from factories.maintenance import make_maintenance
from factories.moments import at
from pingpong.maintenance.cancellations import REMEMBERED_FOR, recently_cancelled
from pingpong.maintenance.lifecycle import change_maintenance, delete_maintenance
from pingpong.maintenance.models import CancelledMaintenance
from pingpong.pages.models import Page

pytestmark = pytest.mark.django_db


def test_change_counts_as_a_revision(acme: Page) -> None:
    window = make_maintenance(acme, now=at(0))
    assert (window.revision, window.changed_at) == (0, None)
    for minute in (1, 2):
        change_maintenance(window, {"title": "Other"}, by=DONALD, now=at(minute))
    window.refresh_from_db()
    assert (window.revision, window.changed_at) == (2, at(2))


def test_window_that_is_deleted_before_its_end_is_remembered(acme: Page) -> None:
    component = make_component(acme, now=at(0))
    window = make_maintenance(
        acme, "Move", scheduled_for=at(5), ends_at=at(60), affected=[component], now=at(1)
    )
    change_maintenance(window, {"title": "Moved"}, by=DONALD, now=at(2))
    name = window.pk
    delete_maintenance(window, by=DONALD, now=at(30))
    (told,) = recently_cancelled(acme.pk, now=at(31))
    assert (told.pk, told.title, told.revision) == (name, "Moved", 2)
    assert (told.scheduled_for, told.ends_at) == (at(5), at(60))
    assert (told.created_at, told.cancelled_at) == (at(1), at(30))
    assert told.component_ids == component.pk


def test_window_that_is_over_is_not(acme: Page) -> None:
    window = make_maintenance(acme, scheduled_for=at(5), ends_at=at(60), now=at(1))
    delete_maintenance(window, by=DONALD, now=at(60))
    assert list(recently_cancelled(acme.pk, now=at(61))) == []


def test_cancellations_are_forgotten_in_the_end(acme: Page) -> None:
    delete_maintenance(make_maintenance(acme, now=at(0)), by=DONALD, now=at(1))
    later = at(1) + REMEMBERED_FOR
    assert len(list(recently_cancelled(acme.pk, now=later - timedelta(seconds=1)))) == 1
    assert list(recently_cancelled(acme.pk, now=later)) == []
    delete_maintenance(make_maintenance(acme, now=later), by=DONALD, now=later)
    assert CancelledMaintenance.objects.count() == 1
