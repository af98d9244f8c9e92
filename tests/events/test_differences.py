"""What events tell of the values before and after a change."""

from typing import Any

import pytest

from factories.components import make_component, make_group
from factories.incidents import make_incident, make_template, make_update
from factories.maintenance import make_maintenance
from factories.pages import make_page
from pingpong.components.groups import change_group
from pingpong.components.lifecycle import change_component
from pingpong.components.models import Component
from pingpong.events.differences import MOST_CHARACTERS, differences, plain
from pingpong.events.models import Event
from pingpong.incidents.lifecycle import change_incident, change_update
from pingpong.incidents.postmortems import write_postmortem
from pingpong.incidents.templates import change_template
from pingpong.kit.actor import Actor
from pingpong.kit.clock import utc_now
from pingpong.maintenance.lifecycle import change_maintenance
from pingpong.pages.models import Page

DONALD = Actor("Donald Duck", "donald")


@pytest.fixture
def page(db: None) -> Page:
    return make_page()


def told(kind: str) -> Any:
    """Return the differences that the last event of a kind tells."""
    return Event.objects.filter(kind=kind).latest("id").data.get("differences")


def test_a_change_tells_names_of_what_it_links_and_only_what_differs(page: Page) -> None:
    group = make_group(page, "Backend")
    component = make_component(page, "API")
    changes = {"group": group, "name": "API", "description": "All of it"}
    change_component(component, changes, by=DONALD, now=utc_now())
    assert told("component.changed") == {
        "group": [None, "Backend"],
        "description": [None, "All of it"],
    }


def test_a_change_with_an_old_object_tells_what_the_database_had(page: Page) -> None:
    component = make_component(page, "API")
    Component.objects.filter(pk=component.pk).update(name="Gateway")
    change_component(component, {"name": "Core"}, by=DONALD, now=utc_now())
    assert told("component.changed") == {"name": ["Gateway", "Core"]}


def test_a_change_that_changes_nothing_tells_no_difference(page: Page) -> None:
    group = make_group(page, "Backend")
    change_group(group, {"name": "Backend"}, by=DONALD, now=utc_now())
    assert told("group.changed") is None


def test_changes_of_incidents_tell_title_and_components(page: Page) -> None:
    component = make_component(page, "API")
    incident = make_incident(page, "Slow", affected=[(component, "Minor issues")])
    change_incident(
        incident,
        {"title": "Down"},
        affected=[(component, "Unavailable")],
        by=DONALD,
        now=utc_now(),
    )
    assert told("incident.changed") == {
        "title": ["Slow", "Down"],
        "affected_components": [["API: Minor issues"], ["API: Unavailable"]],
    }


def test_changes_of_updates_and_postmortems_tell_the_texts(page: Page) -> None:
    incident = make_incident(page)
    update = make_update(incident, "Identified")
    old = update.message
    change_update(update, {"message": "New text"}, by=DONALD, now=utc_now())
    assert told("incident.update_changed") == {"message": [old, "New text"]}
    write_postmortem(incident, text="One", by=DONALD, now=utc_now())
    write_postmortem(incident, text="Two", by=DONALD, now=utc_now())
    assert told("incident.postmortem_written") == {"text": ["One", "Two"]}


def test_changes_of_templates_and_maintenance_tell_what_was(page: Page) -> None:
    component = make_component(page, "API")
    template = make_template(page, "Slow")
    change_template(template, {"name": "Quick"}, by=DONALD, now=utc_now())
    assert told("incident_template.changed") == {"name": ["Slow", "Quick"]}
    maintenance = make_maintenance(page)
    old = maintenance.title
    change_maintenance(
        maintenance, {"title": "Disks"}, affected=[component], by=DONALD, now=utc_now()
    )
    assert told("maintenance.changed") == {
        "title": [old, "Disks"],
        "affected_components": [[], ["API"]],
    }


def test_hidden_fields_are_named_and_never_shown() -> None:
    found = differences(
        {"secrets": "a", "name": "x"}, {"secrets": "b", "name": "y"}, hidden=["secrets"]
    )
    assert found == {"differences": {"secrets": "hidden", "name": ["x", "y"]}}


def test_long_texts_are_cut() -> None:
    assert plain("x" * 9000) == "x" * MOST_CHARACTERS + "…"
