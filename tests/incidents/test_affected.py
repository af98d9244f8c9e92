"""Which components an incident touches, and when."""

from factories.actors import DONALD
from factories.incidents import make_incident, resolve
from factories.maintenance import make_maintenance
from factories.moments import at
from pingpong.components.effects import active_by_component
from pingpong.components.lifecycle import delete_component
from pingpong.components.models import Component
from pingpong.incidents import queries
from pingpong.incidents.lifecycle import change_incident
from pingpong.pages.models import Page


def shown(component: Component, minute: float) -> str | None:
    influence = active_by_component(component.page_id, at(minute)).get(component.pk)
    return None if influence is None else influence.status


def affected_by(page: Page) -> list[tuple[str, str]]:
    incident = queries.full(page.pk).get()
    return [(one.component.name, one.status) for one in incident.affected.all()]


def test_affected_components_keep_the_order_in_which_they_were_given(
    page: Page, website: Component, database: Component
) -> None:
    make_incident(page, affected=[(database, "Unavailable"), (website, "Minor issues")])
    assert affected_by(page) == [("Database", "Unavailable"), ("Website", "Minor issues")]


def test_a_new_list_replaces_the_old_one(
    page: Page, website: Component, database: Component
) -> None:
    incident = make_incident(page, now=at(1), affected=[(website, "Minor issues")])
    change_incident(incident, {}, affected=[(database, "Major issues")], by=DONALD, now=at(5))
    assert affected_by(page) == [("Database", "Major issues")]
    assert (shown(website, 6), shown(database, 6)) == (None, "Major issues")


def test_no_list_leaves_the_old_one(page: Page, website: Component) -> None:
    incident = make_incident(page, now=at(1), affected=[(website, "Minor issues")])
    change_incident(incident, {"title": "Other"}, by=DONALD, now=at(5))
    assert (affected_by(page), shown(website, 6)) == ([("Website", "Minor issues")], "Minor issues")


def test_an_empty_list_frees_all(page: Page, website: Component) -> None:
    incident = make_incident(page, now=at(1), affected=[(website, "Minor issues")])
    change_incident(incident, {}, affected=[], by=DONALD, now=at(5))
    assert (affected_by(page), shown(website, 6)) == ([], None)


def test_a_new_word_counts_at_once(page: Page, website: Component) -> None:
    incident = make_incident(page, now=at(1), affected=[(website, "Minor issues")])
    change_incident(incident, {}, affected=[(website, "Critical state")], by=DONALD, now=at(5))
    assert shown(website, 5) == "Critical state"


def test_a_backdated_incident_touches_its_components_from_then_on(
    page: Page, website: Component
) -> None:
    make_incident(page, now=at(30), occurred_at=at(10), affected=[(website, "Unavailable")])
    assert [shown(website, minute) for minute in (9.9, 10, 30)] == [
        None,
        "Unavailable",
        "Unavailable",
    ]


def test_an_incident_of_the_future_touches_its_components_already(
    page: Page, website: Component
) -> None:
    make_incident(page, now=at(1), occurred_at=at(60), affected=[(website, "Unavailable")])
    assert (shown(website, 1), shown(website, 61)) == ("Unavailable", "Unavailable")


def test_of_two_incidents_the_worse_shows_and_then_the_other(
    page: Page, website: Component
) -> None:
    make_incident(page, now=at(1), affected=[(website, "Minor issues")])
    worse = make_incident(page, now=at(2), affected=[(website, "Critical state")])
    resolve(worse, now=at(5))
    assert [shown(website, minute) for minute in (1, 2, 5)] == [
        "Minor issues",
        "Critical state",
        "Minor issues",
    ]


def test_an_incident_shows_through_maintenance(page: Page, website: Component) -> None:
    make_maintenance(page, now=at(0), scheduled_for=at(10), ends_at=at(40), affected=[website])
    resolve(make_incident(page, now=at(20), affected=[(website, "Minor issues")]), now=at(30))
    assert [shown(website, minute) for minute in (5, 15, 25, 35, 45)] == [
        None,
        "Maintenance mode",
        "Minor issues",
        "Maintenance mode",
        None,
    ]


def test_a_deleted_component_leaves_the_incident(
    page: Page, website: Component, database: Component
) -> None:
    make_incident(page, affected=[(website, "Unavailable"), (database, "Minor issues")])
    delete_component(website, by=DONALD, now=at(9))
    assert affected_by(page) == [("Database", "Minor issues")]
