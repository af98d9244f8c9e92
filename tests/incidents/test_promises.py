import pytest

from factories.actors import DONALD
from factories.incidents import make_incident, make_update, resolve
from factories.moments import BEGINNING, at
from factories.pages import make_page
from pingpong.events.models import Event
from pingpong.incidents.lifecycle import change_incident, change_update, delete_update
from pingpong.incidents.models import Incident
from pingpong.pages.models import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Page:
    return make_page(now=BEGINNING)


def _promised(incident: Incident) -> object:
    return Incident.objects.get(pk=incident.pk).next_update_by


def test_update_keeps_the_promise_and_may_make_another(page: Page) -> None:
    incident = make_incident(page, next_update_by=at(30), now=at(0))
    assert _promised(incident) == at(30)
    make_update(incident, next_update_by=at(60), now=at(20))
    assert _promised(incident) == at(60)
    make_update(incident, now=at(50))
    assert _promised(incident) is None


def test_resolved_incident_promises_nothing(page: Page) -> None:
    incident = make_incident(page, next_update_by=at(30), now=at(0))
    update = make_update(incident, "Resolved", next_update_by=at(60), now=at(20))
    assert (_promised(incident), update.next_update_by) == (None, None)


def test_promise_is_that_of_the_newest_update_that_there_is(page: Page) -> None:
    incident = make_incident(page, now=at(0))
    first = make_update(incident, next_update_by=at(30), now=at(10))
    last = make_update(incident, next_update_by=at(60), now=at(20))
    change_update(first, {"next_update_by": at(40)}, by=DONALD, now=at(21))
    assert _promised(incident) == at(60)
    change_update(last, {"next_update_by": at(50)}, by=DONALD, now=at(22))
    assert _promised(incident) == at(50)
    delete_update(last, by=DONALD, now=at(23))
    assert _promised(incident) == at(40)
    resolve(incident, now=at(24))
    assert _promised(incident) is None


def test_promise_that_is_changed_stands_in_the_log(page: Page) -> None:
    incident = make_incident(page, next_update_by=at(30), now=at(0))
    change_incident(incident, {"next_update_by": None}, by=DONALD, now=at(1))
    told = Event.objects.get(kind="incident.changed").data["differences"]
    assert (_promised(incident), told) == (None, {"next_update_by": ["2026-03-10T09:30:00Z", None]})
