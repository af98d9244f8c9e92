"""Two requests have read the same incident; the second to write knows nothing of the first."""

import pytest

from factories.actors import DONALD
from factories.incidents import make_incident, make_update, resolve
from factories.moments import at
from pingpong.components.effects import active_by_component
from pingpong.components.models import Component
from pingpong.incidents.lifecycle import (
    change_incident,
    change_update,
    delete_incident,
    delete_update,
    post_update,
)
from pingpong.incidents.models import Incident, IncidentUpdate
from pingpong.pages.models import Page


@pytest.fixture
def incident(page: Page, website: Component) -> Incident:
    return make_incident(page, now=at(30), affected=[(website, "Unavailable")])


def twin(incident: Incident) -> Incident:
    return Incident.objects.get(pk=incident.pk)


def starts(component: Component) -> object:
    return active_by_component(component.page_id, at(99))[component.pk].starts_at


def test_a_new_title_does_not_undo_a_new_time(incident: Incident, website: Component) -> None:
    late = twin(incident)
    change_incident(incident, {"occurred_at": at(10)}, by=DONALD, now=at(40))
    change_incident(late, {"title": "Renamed"}, by=DONALD, now=at(41))
    found = twin(incident)
    assert (found.title, found.occurred_at, starts(website)) == ("Renamed", at(10), at(10))


def test_an_update_does_not_undo_a_new_time(incident: Incident, website: Component) -> None:
    late = twin(incident)
    change_incident(incident, {"occurred_at": at(10)}, by=DONALD, now=at(40))
    post_update(late, status="Verifying", message="x", by=DONALD, now=at(41))
    assert (twin(incident).status, starts(website)) == ("Verifying", at(10))


def test_an_update_inherits_the_flag_of_the_moment(incident: Incident) -> None:
    late = twin(incident)
    change_incident(incident, {"notify_subscribers": False}, by=DONALD, now=at(40))
    update = post_update(late, status="Verifying", message="x", by=DONALD, now=at(41))
    assert update.notify_subscribers is False


@pytest.mark.parametrize("verb", ["change", "delete"])
def test_an_update_that_is_handled_late_does_not_undo_a_new_time(
    incident: Incident, website: Component, verb: str
) -> None:
    made = make_update(incident, now=at(35))
    late = IncidentUpdate.objects.select_related("incident").get(pk=made.pk)
    change_incident(incident, {"occurred_at": at(10)}, by=DONALD, now=at(40))
    if verb == "change":
        change_update(late, {"message": "x"}, by=DONALD, now=at(41))
    else:
        delete_update(late, by=DONALD, now=at(41))
    assert starts(website) == at(10)


def test_a_new_title_does_not_reopen_what_was_resolved(incident: Incident) -> None:
    late = twin(incident)
    resolve(incident, now=at(40))
    change_incident(late, {"title": "Renamed"}, by=DONALD, now=at(41))
    assert (twin(incident).status, twin(incident).resolved_at) == ("Resolved", at(40))


def test_what_was_deleted_meanwhile_is_told_as_gone(incident: Incident, website: Component) -> None:
    late = twin(incident)
    delete_incident(incident, by=DONALD, now=at(40))
    with pytest.raises(Incident.DoesNotExist):
        change_incident(late, {"title": "Renamed"}, by=DONALD, now=at(41))
    with pytest.raises(Incident.DoesNotExist):
        post_update(late, status="Verifying", message="x", by=DONALD, now=at(41))
    assert active_by_component(website.page_id, at(99)) == {}
