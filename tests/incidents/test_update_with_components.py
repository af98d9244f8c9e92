"""An update that says more than words: components, and what its writer has read."""

import pytest

from factories.actors import DONALD
from factories.incidents import make_incident, make_update, resolve
from factories.moments import at
from fixtures.ledger import ledger_of
from pingpong.components.models import Component
from pingpong.incidents.lifecycle import IncidentMovedOnError, change_incident, delete_update
from pingpong.incidents.models import Incident, IncidentUpdate
from pingpong.pages.models import Page


@pytest.fixture
def incident(page: Page, website: Component) -> Incident:
    return make_incident(page, now=at(10), affected=[(website, "Minor issues")])


def test_components_of_an_update_count_from_it_on(
    incident: Incident, website: Component, database: Component
) -> None:
    affected = [(website, "Unavailable"), (database, "Minor issues")]
    make_update(incident, "Identified", now=at(20), affected=affected)
    resolve(incident, now=at(30))
    assert [line[:1] + line[2:] for line in ledger_of(website)] == [
        ("Operational", 0, 10),
        ("Minor issues", 10, 20),
        ("Unavailable", 20, 30),
        ("Operational", 30, None),
    ]
    assert [line[:1] + line[2:] for line in ledger_of(database)] == [
        ("Operational", 0, 20),
        ("Minor issues", 20, 30),
        ("Operational", 30, None),
    ]


def test_components_of_an_update_that_reopens_do_not_change_what_was(
    incident: Incident, website: Component
) -> None:
    resolve(incident, now=at(20))
    make_update(incident, "Investigating", now=at(30), affected=[(website, "Unavailable")])
    assert [line[:1] + line[2:] for line in ledger_of(website)] == [
        ("Operational", 0, 10),
        ("Minor issues", 10, 20),
        ("Operational", 20, 30),
        ("Unavailable", 30, None),
    ]


def test_an_update_without_components_leaves_them(incident: Incident, website: Component) -> None:
    make_update(incident, now=at(20))
    assert list(incident.affected.values_list("status", flat=True)) == ["Minor issues"]
    make_update(incident, now=at(21), affected=[])
    assert list(incident.affected.values_list("status", flat=True)) == []


def test_who_has_read_the_newest_update_may_post(incident: Incident) -> None:
    first = make_update(incident, now=at(20), seen="")
    make_update(incident, now=at(21), seen=first.pk)
    assert IncidentUpdate.objects.count() == 2


@pytest.mark.parametrize("seen", ["", "unknown"])
def test_who_has_missed_an_update_is_told_and_changes_nothing(
    incident: Incident, website: Component, seen: str
) -> None:
    make_update(incident, now=at(20))
    with pytest.raises(IncidentMovedOnError):
        make_update(incident, now=at(21), seen=seen, affected=[(website, "Unavailable")])
    assert IncidentUpdate.objects.count() == 1
    assert list(incident.affected.values_list("status", flat=True)) == ["Minor issues"]


def test_before_any_update_it_is_what_it_was_opened_as(page: Page) -> None:
    incident = make_incident(page, now=at(1), opened_as="Identified")
    assert (incident.status, incident.resolved_at) == ("Identified", None)
    update = make_update(incident, "Verifying", now=at(2))
    change_incident(incident, {"opened_as": "Investigating"}, by=DONALD, now=at(3))
    assert Incident.objects.get().status == "Verifying"
    delete_update(update, by=DONALD, now=at(4))
    assert Incident.objects.get().status == "Investigating"
