from typing import Any

import pytest

from factories.actors import DONALD
from factories.components import make_component, make_group
from factories.incidents import make_incident
from factories.moments import at
from pingpong.components.groups import change_group, delete_group
from pingpong.components.lifecycle import change_component, delete_component, set_own_status
from pingpong.components.models import Component, ComponentGroup
from pingpong.events.models import Event
from pingpong.incidents.models import Incident
from pingpong.pages.models import Page


def test_new_components_and_groups_stand_at_the_end(page: Page) -> None:
    for name in ("One", "Two", "Three"):
        make_component(page, name, now=at(0))
        make_group(page, name, now=at(0))
    assert [one.name for one in Component.objects.all()] == ["One", "Two", "Three"]
    assert [one.name for one in ComponentGroup.objects.all()] == ["One", "Two", "Three"]


def test_changing_a_component_leaves_what_is_not_named(page: Page, website: Component) -> None:
    group = make_group(page, now=at(0))
    change_component(website, {"group": group, "showcased": False}, by=DONALD, now=at(1))
    website.refresh_from_db()
    assert (website.name, website.group, website.showcased) == ("Website", group, False)


def test_changing_the_own_status_is_kept_for_the_time_after_an_incident(
    page: Page, website: Component
) -> None:
    make_incident(page, affected=[(website, "Critical state")], now=at(0))
    change_component(website, {"own_status": "Minor issues"}, by=DONALD, now=at(1))
    website.refresh_from_db()
    assert website.own_status == "Minor issues"


def test_deleting_a_group_leaves_its_components(page: Page) -> None:
    group = make_group(page, now=at(0))
    component = make_component(page, group=group, now=at(0))
    delete_group(group, by=DONALD, now=at(1))
    component.refresh_from_db()
    assert component.group is None


def test_deleting_a_component_leaves_its_incident(page: Page, website: Component) -> None:
    incident = make_incident(page, affected=[(website, "Critical state")], now=at(0))
    delete_component(website, by=DONALD, now=at(1))
    assert list(Incident.objects.all()) == [incident]
    assert not incident.affected.exists()


@pytest.mark.parametrize(
    ("verb", "arguments", "kind", "data"),
    [
        (change_component, [{"name": "A", "showcased": True}], "component.changed", None),
        (
            set_own_status,
            ["Unknown"],
            "component.status_set",
            {
                "name": "Website",
                "status": "Unknown",
                "differences": {"own_status": ["Operational", "Unknown"]},
            },
        ),
        (delete_component, [], "component.deleted", {"name": "Website"}),
    ],
)
def test_verbs_for_components_leave_an_event_and_a_new_version(
    page: Page, website: Component, verb: Any, arguments: list[Any], kind: str, data: Any
) -> None:
    page.refresh_from_db()
    version, subject_id = page.version, website.pk
    verb(website, *arguments, by=DONALD, now=at(7))
    page.refresh_from_db()
    event = Event.objects.latest("id")
    assert (event.kind, event.subject_id, event.at) == (kind, subject_id, at(7))
    changed = {
        "name": "A",
        "changed": ["name", "showcased"],
        "differences": {"name": ["Website", "A"]},
    }
    assert event.data == (data or changed)
    assert page.version == version + 1


def test_verbs_for_groups_leave_an_event_and_a_new_version(page: Page) -> None:
    group = make_group(page, now=at(0))
    change_group(group, {"name": "Regions"}, by=DONALD, now=at(1))
    delete_group(group, by=DONALD, now=at(2))
    kinds = [event.kind for event in Event.objects.order_by("id")]
    assert kinds == ["page.created", "group.created", "group.changed", "group.deleted"]
    page.refresh_from_db()
    assert page.version == 4
