"""Opening, telling, resolving, reopening, deleting: what an incident is after each."""

from datetime import timedelta

import pytest

from factories.actors import DONALD
from factories.incidents import make_incident, make_update, resolve
from factories.moments import at
from pingpong.components.effects import active_by_component
from pingpong.components.models import Component
from pingpong.events.models import Event
from pingpong.incidents import queries
from pingpong.incidents.lifecycle import change_update, delete_incident, delete_update
from pingpong.incidents.models import Incident
from pingpong.kit.actor import Actor
from pingpong.pages.models import Page

HUEY = Actor("Huey", "h" * 22)


def reread(incident: Incident) -> Incident:
    return Incident.objects.get(pk=incident.pk)


def shown(component: Component, minute: float) -> str | None:
    influence = active_by_component(component.page_id, at(minute)).get(component.pk)
    return None if influence is None else influence.status


def test_a_new_incident_is_in_progress_from_now(page: Page) -> None:
    incident = reread(make_incident(page, now=at(1)))
    assert (incident.status, incident.resolved_at, incident.occurred_at, incident.created_at) == (
        "In progress",
        None,
        at(1),
        at(1),
    )
    assert (incident.reported_by, incident.notify_subscribers) == ("Donald Duck", True)


@pytest.mark.parametrize("status", ["Investigating", "Identified", "Verifying"])
def test_an_update_gives_its_status(page: Page, status: str) -> None:
    incident = make_incident(page, now=at(1))
    make_update(incident, status, now=at(2))
    assert (reread(incident).status, reread(incident).resolved_at) == (status, None)


def test_resolving_ends_it_and_frees_its_components(page: Page, website: Component) -> None:
    incident = make_incident(page, now=at(1), affected=[(website, "Critical state")])
    resolve(incident, now=at(5))
    assert (reread(incident).status, reread(incident).resolved_at) == ("Resolved", at(5))
    assert [shown(website, minute) for minute in (0, 1, 4.9, 5)] == [
        None,
        "Critical state",
        "Critical state",
        None,
    ]


def test_a_later_update_reopens_it(page: Page, website: Component) -> None:
    incident = make_incident(page, now=at(1), affected=[(website, "Critical state")])
    resolve(incident, now=at(5))
    make_update(incident, "Investigating", now=at(8))
    assert (reread(incident).status, reread(incident).resolved_at) == ("Investigating", None)
    assert [shown(website, minute) for minute in (4, 6, 8)] == [
        "Critical state",
        None,
        "Critical state",
    ]


def test_deleting_the_resolution_reopens_it_as_if_never_resolved(
    page: Page, website: Component
) -> None:
    incident = make_incident(page, now=at(1), affected=[(website, "Critical state")])
    make_update(incident, "Verifying", now=at(3))
    delete_update(resolve(incident, now=at(5)), by=DONALD, now=at(9))
    assert (reread(incident).status, reread(incident).resolved_at) == ("Verifying", None)
    assert [shown(website, minute) for minute in (4, 6, 10)] == ["Critical state"] * 3


def test_deleting_the_only_update_makes_it_in_progress_again(page: Page) -> None:
    incident = make_incident(page, now=at(1))
    delete_update(make_update(incident, "Identified", now=at(2)), by=DONALD, now=at(3))
    assert reread(incident).status == "In progress"


def test_deleting_an_earlier_update_changes_no_status(page: Page) -> None:
    incident = make_incident(page, now=at(1))
    earlier = make_update(incident, "Investigating", now=at(2))
    resolve(incident, now=at(3))
    delete_update(earlier, by=DONALD, now=at(4))
    assert (reread(incident).status, reread(incident).resolved_at) == ("Resolved", at(3))


def test_an_update_can_be_changed_into_the_resolution_and_back(page: Page) -> None:
    incident = make_incident(page, now=at(1))
    update = make_update(incident, "Verifying", now=at(2))
    change_update(update, {"status": "Resolved"}, by=DONALD, now=at(5))
    assert (reread(incident).status, reread(incident).resolved_at) == ("Resolved", at(2))
    change_update(update, {"status": "Verifying"}, by=DONALD, now=at(6))
    assert (reread(incident).status, reread(incident).resolved_at) == ("Verifying", None)


def test_an_update_keeps_its_time_and_reporter_when_its_text_is_mended(page: Page) -> None:
    update = make_update(make_incident(page, now=at(1)), now=at(2))
    change_update(update, {"message": "<div>Mended.</div>"}, by=HUEY, now=at(9))
    update.refresh_from_db()
    assert (update.message, update.created_at, update.reported_by) == (
        "<div>Mended.</div>",
        at(2),
        "Donald Duck",
    )


@pytest.mark.parametrize("of_incident", [True, False])
@pytest.mark.parametrize("of_update", [None, True, False])
def test_an_update_notifies_as_it_says_else_as_its_incident(
    page: Page, of_incident: bool, of_update: bool | None
) -> None:
    incident = make_incident(page, notify_subscribers=of_incident)
    update = make_update(incident, notify_subscribers=of_update)
    assert update.notify_subscribers is (of_incident if of_update is None else of_update)


def test_a_deleted_incident_is_gone_with_its_updates_and_effects(
    page: Page, website: Component
) -> None:
    incident = make_incident(page, now=at(1), affected=[(website, "Unavailable")])
    make_update(incident, now=at(2))
    delete_incident(incident, by=DONALD, now=at(3))
    assert (list(queries.full(page.pk)), shown(website, 2), shown(website, 4)) == ([], None, None)


def test_ongoing_are_those_that_are_not_resolved_newest_first(page: Page) -> None:
    made = [make_incident(page, f"Number {n}", now=at(n)) for n in range(4)]
    resolve(made[1], now=at(5))
    resolve(made[2], now=at(5))
    make_update(made[2], "Investigating", now=at(6))
    assert [one.title for one in queries.ongoing(page.pk)] == ["Number 3", "Number 2", "Number 0"]
    assert [one.title for one in queries.full(page.pk)] == [f"Number {n}" for n in (3, 2, 1, 0)]


def test_an_update_comes_after_the_last_one_whatever_its_request_thinks(page: Page) -> None:
    incident = make_incident(page, now=at(0))
    for minute in (3, 1, 3):
        make_update(incident, now=at(minute), message=str(minute))
    told = [
        (update.message, update.created_at) for update in queries.full(page.pk).get().updates.all()
    ]
    moment = timedelta(microseconds=1)
    assert told == [("3", at(3)), ("1", at(3) + moment), ("3", at(3) + 2 * moment)]


def test_every_verb_leaves_one_event_and_one_new_version(page: Page) -> None:
    version = Page.objects.get(pk=page.pk).version
    incident = make_incident(page, now=at(1))
    update = make_update(incident, now=at(2))
    change_update(update, {"message": "x"}, by=HUEY, now=at(3))
    delete_update(update, by=HUEY, now=at(4))
    delete_incident(incident, by=HUEY, now=at(5))
    kinds = Event.objects.filter(kind__startswith="incident.").order_by("id")
    assert [event.kind for event in kinds] == [
        "incident.opened",
        "incident.update_posted",
        "incident.update_changed",
        "incident.update_deleted",
        "incident.deleted",
    ]
    assert [event.actor for event in kinds] == ["Donald Duck"] * 2 + ["Huey"] * 3
    assert Page.objects.get(pk=page.pk).version == version + 5
