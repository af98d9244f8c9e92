"""A draft is the team's alone: it counts and is told from the moment on that it is published."""

from decimal import Decimal

import pytest

from factories.actors import DONALD
from factories.incidents import make_incident, make_update, resolve
from factories.moments import at
from fixtures.ledger import Line, ledger_of
from pingpong.components.models import Component, Effect
from pingpong.events.models import Event
from pingpong.incidents import queries
from pingpong.incidents.lifecycle import (
    change_incident,
    change_update,
    delete_incident,
    delete_update,
    publish_incident,
)
from pingpong.incidents.models import FormerlyAffected, Incident
from pingpong.overview.live import status_of_page
from pingpong.overview.summary import summarise
from pingpong.overview.uptime import uptime_of_page
from pingpong.pages.models import Page

OPERATIONAL = "All systems operational"


def make_draft(page: Page, website: Component) -> Incident:
    return make_incident(page, is_draft=True, affected=[(website, "Critical state")], now=at(10))


def publish(incident: Incident, minute: float) -> None:
    publish_incident(incident, by=DONALD, now=at(minute))


def test_a_draft_has_no_effect(page: Page, website: Component) -> None:
    draft = make_draft(page, website)
    make_update(draft, now=at(11))
    change_incident(draft, {"title": "Other"}, by=DONALD, now=at(12))
    assert Effect.objects.count() == 0
    assert ledger_of(website) == [Line("Operational", "own", 0, None)]


def test_a_draft_is_in_no_list_but_its_own(page: Page, website: Component) -> None:
    draft, published = make_draft(page, website), make_incident(page, now=at(11))
    assert list(queries.full(page.pk)) == list(queries.ongoing(page.pk)) == [published]
    assert list(queries.drafts(page.pk)) == [draft]
    assert list(queries.with_drafts(page.pk)) == [published, draft]


@pytest.mark.parametrize("is_resolved", [False, True])
def test_a_draft_is_not_on_the_page(page: Page, website: Component, is_resolved: bool) -> None:
    for draft in (make_draft(page, website), make_incident(page, is_draft=True, now=at(10))):
        if is_resolved:
            resolve(draft, now=at(11))
    summary = summarise(page, now=at(20))
    assert summary.status == status_of_page(page.pk, now=at(20)).status == OPERATIONAL
    assert (summary.ongoing, summary.omitted_incidents) == ([], 0)
    assert [day.incidents or day.ongoing for day in summary.past_days] == [[]] * 15
    assert uptime_of_page(page.pk, now=at(20)) == Decimal(100)


def test_a_published_draft_counts_from_its_beginning(page: Page, website: Component) -> None:
    draft = make_draft(page, website)
    publish(draft, 30)
    assert ledger_of(website) == [
        Line("Operational", "own", 0, 10),
        Line("Critical state", "incident", 10, None),
    ]
    assert [one.id for one in summarise(page, now=at(31)).ongoing] == [draft.pk]
    assert (Incident.objects.get().published_at, Incident.objects.get().is_draft) == (at(30), False)


def test_what_a_draft_says_last_holds_from_its_beginning(
    page: Page, website: Component, database: Component
) -> None:
    draft = make_draft(page, website)
    change_incident(draft, {}, affected=[(database, "Minor issues")], by=DONALD, now=at(20))
    publish(draft, 30)
    assert ledger_of(website) == [Line("Operational", "own", 0, None)]
    assert ledger_of(database)[-1] == Line("Minor issues", "incident", 10, None)
    assert FormerlyAffected.objects.count() == 0


def test_a_draft_that_was_resolved_is_published_as_past(page: Page, website: Component) -> None:
    draft = make_draft(page, website)
    resolve(draft, now=at(20))
    publish(draft, 30)
    assert ledger_of(website)[1:] == [
        Line("Critical state", "incident", 10, 20),
        Line("Operational", "own", 20, None),
    ]


def test_publishing_twice_publishes_once(page: Page, website: Component) -> None:
    draft = make_draft(page, website)
    publish(draft, 30)
    publish(draft, 40)
    assert Incident.objects.get().published_at == at(30)
    assert Event.objects.filter(kind="incident.published").count() == 1


def test_an_incident_is_published_at_once_unless_it_is_a_draft(page: Page) -> None:
    assert make_incident(page, now=at(1)).published_at == at(1)


def test_no_event_of_a_draft_asks_to_tell_subscribers(page: Page, website: Component) -> None:
    draft = make_draft(page, website)
    update = make_update(draft, now=at(11), notify_subscribers=True)
    change_update(update, {"message": "<div>Other.</div>"}, by=DONALD, now=at(12))
    change_incident(draft, {"title": "Other"}, notify=True, by=DONALD, now=at(13))
    delete_update(update, by=DONALD, now=at(14))
    publish(draft, 15)
    make_update(draft, now=at(16))
    told = Event.objects.filter(subject_id=draft.pk).order_by("id")
    assert [(event.kind, event.data["notify_subscribers"]) for event in told] == [
        ("incident.opened", False),
        ("incident.update_posted", False),
        ("incident.update_changed", False),
        ("incident.changed", False),
        ("incident.update_deleted", False),
        ("incident.published", True),
        ("incident.update_posted", True),
    ]


def test_a_deleted_draft_leaves_no_trace_but_events(page: Page, website: Component) -> None:
    delete_incident(make_draft(page, website), by=DONALD, now=at(20))
    assert Incident.objects.count() == Effect.objects.count() == 0
    assert ledger_of(website) == [Line("Operational", "own", 0, None)]
