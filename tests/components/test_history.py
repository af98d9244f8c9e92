"""The ordinary course: time goes on, the ledger is closed and continued, nothing is retold."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from factories.actors import DONALD
from factories.components import make_component
from factories.incidents import make_incident, resolve
from factories.maintenance import make_maintenance
from factories.moments import at
from fixtures.ledger import ledger_of
from fixtures.queries import QueryCount
from pingpong.components.history import intervals_since
from pingpong.components.lifecycle import change_component, delete_component, set_own_status
from pingpong.components.models import Component, Interval, OwnStatus, Revision
from pingpong.components.uptime import Span
from pingpong.maintenance.clock import turn_clock
from pingpong.pages.models import Page


def test_ledger_of_a_new_component_begins_with_its_status(page: Page) -> None:
    component = make_component(page, status="Minor issues", now=at(5))
    assert ledger_of(component) == [("Minor issues", "own", 5, None)]


def test_ledger_when_the_status_is_set_closes_one_row_and_opens_the_next(
    website: Component,
) -> None:
    set_own_status(website, "Major issues", by=DONALD, now=at(10))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 10),
        ("Major issues", "own", 10, None),
    ]
    assert not Revision.objects.exists()


def test_ledger_names_who_set_the_status(website: Component) -> None:
    set_own_status(website, "Major issues", by=DONALD, now=at(10))
    assert Interval.objects.get(component=website, ended_at=None).actor == "Donald Duck"


def test_ledger_when_the_same_status_is_set_again_stays(website: Component) -> None:
    set_own_status(website, "Operational", by=DONALD, now=at(10))
    change_component(website, {"own_status": "Operational"}, by=DONALD, now=at(20))
    assert ledger_of(website) == [("Operational", "own", 0, None)]
    assert OwnStatus.objects.count() == 1


def test_ledger_when_two_statuses_are_set_at_one_instant_keeps_the_later_commit(
    website: Component,
) -> None:
    set_own_status(website, "Major issues", by=DONALD, now=at(10))
    set_own_status(website, "Minor issues", by=DONALD, now=at(10))
    assert ledger_of(website)[-1].status == "Minor issues"


def test_ledger_when_a_request_with_an_older_clock_commits_last_keeps_its_word(
    website: Component,
) -> None:
    set_own_status(website, "Major issues", by=DONALD, now=at(10))
    set_own_status(website, "Minor issues", by=DONALD, now=at(9))
    assert [line.status for line in ledger_of(website)] == [
        "Operational",
        "Major issues",
        "Minor issues",
    ]


def test_ledger_during_an_incident_tells_its_status_and_then_the_own_again(
    page: Page, website: Component
) -> None:
    incident = make_incident(page, affected=[(website, "Critical state")], now=at(10))
    resolve(incident, now=at(30))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 10),
        ("Critical state", "incident", 10, 30),
        ("Operational", "own", 30, None),
    ]
    assert not Revision.objects.exists()


def test_ledger_names_the_event_that_decides(page: Page, website: Component) -> None:
    incident = make_incident(page, affected=[(website, "Critical state")], now=at(10))
    assert Interval.objects.get(component=website, ended_at=None).cause_id == incident.pk


def test_ledger_with_an_incident_that_changes_nothing_visible_still_names_the_cause(
    page: Page, website: Component
) -> None:
    make_incident(page, affected=[(website, "Operational")], now=at(10))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 10),
        ("Operational", "incident", 10, None),
    ]


def test_ledger_of_one_component_does_not_change_with_another(
    page: Page, website: Component, database: Component
) -> None:
    make_incident(page, affected=[(database, "Unavailable")], now=at(10))
    assert ledger_of(website) == [("Operational", "own", 0, None)]


def test_ledger_with_an_incident_during_maintenance_returns_to_maintenance(
    page: Page, website: Component
) -> None:
    make_maintenance(page, affected=[website], scheduled_for=at(10), ends_at=at(60), now=at(0))
    turn_clock(at(10))
    incident = make_incident(page, affected=[(website, "Minor issues")], now=at(20))
    resolve(incident, now=at(40))
    turn_clock(at(60))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 10),
        ("Maintenance mode", "maintenance", 10, 20),
        ("Minor issues", "incident", 20, 40),
        ("Maintenance mode", "maintenance", 40, 60),
        ("Operational", "own", 60, None),
    ]
    assert not Revision.objects.exists()


def test_ledger_has_one_open_row_by_law_of_the_database(
    website: Component,
) -> None:
    second = Interval(
        component=website, status="Unknown", source="own", actor="", started_at=at(10)
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_ledger_goes_with_its_component(website: Component) -> None:
    delete_component(website, by=DONALD, now=at(10))
    assert not Interval.objects.exists()


def test_intervals_since_tells_what_reaches_into_the_window(website: Component) -> None:
    set_own_status(website, "Major issues", by=DONALD, now=at(10))
    set_own_status(website, "Operational", by=DONALD, now=at(20))
    assert intervals_since([website.pk], at(15), now=at(30)) == {
        website.pk: [
            Span("Major issues", at(10), at(20)),
            Span("Operational", at(20), at(30)),
        ]
    }


def test_intervals_since_for_many_components_asks_once(
    website: Component, database: Component, query_count: QueryCount
) -> None:
    with query_count() as counted:
        known = intervals_since([website.pk, database.pk, "nobody"], at(0), now=at(30))
    assert (len(counted), set(known)) == (1, {website.pk, database.pk})


def test_intervals_since_with_a_slow_clock_gives_no_span_of_negative_length(
    website: Component,
) -> None:
    spans = intervals_since([website.pk], at(0), now=at(0) - timedelta(seconds=1))
    assert spans == {website.pk: [Span("Operational", at(0), at(0))]}


def test_incident_asks_as_often_for_three_components_as_for_one(
    page: Page, query_count: QueryCount
) -> None:
    costs = []
    for width in (1, 3):
        components = [make_component(page, f"Node {number}", now=at(0)) for number in range(width)]
        with query_count() as counted:
            make_incident(page, affected=[(one, "Minor issues") for one in components], now=at(9))
        costs.append(len(counted))
    assert costs[0] == costs[1]
