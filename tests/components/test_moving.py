"""Components and groups go where they are put, and the whole page has one order."""

import pytest

from factories.actors import DONALD
from factories.components import make_component, make_group
from pingpong.components.groups import delete_group
from pingpong.components.lifecycle import delete_component
from pingpong.components.models import Component, ComponentGroup
from pingpong.components.moving import (
    PlaceGoneError,
    move_component,
    move_group,
    step_component,
    step_group,
)
from pingpong.events.models import Event
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page

NOW = utc_now()


def names(page: Page, group: ComponentGroup | None) -> list[str]:
    return list(Component.objects.filter(page=page, group=group).values_list("name", flat=True))


@pytest.fixture
def system(acme: Page) -> ComponentGroup:
    return make_group(acme, "System")


@pytest.fixture
def some(acme: Page, system: ComponentGroup) -> dict[str, Component]:
    made = {name: make_component(acme, name) for name in "AB"}
    return made | {name: make_component(acme, name, group=system) for name in "XYZ"}


def test_component_moved_before_another_stands_there(
    acme: Page, system: ComponentGroup, some: dict[str, Component]
) -> None:
    move_component(some["Z"], group=system, before=some["X"].pk, by=DONALD, now=NOW)
    assert names(acme, system) == ["Z", "X", "Y"]
    assert list(Component.objects.filter(page=acme).values_list("name", "position")) == [
        ("A", 0),
        ("B", 1),
        ("Z", 2),
        ("X", 3),
        ("Y", 4),
    ]


def test_component_moved_to_a_group_without_a_place_stands_at_its_end(
    acme: Page, system: ComponentGroup, some: dict[str, Component]
) -> None:
    move_component(some["A"], group=system, before="elsewhere", by=DONALD, now=NOW)
    assert (names(acme, None), names(acme, system)) == (["B"], ["X", "Y", "Z", "A"])
    event = Event.objects.get(kind="component.moved")
    assert (event.subject_id, event.data) == (some["A"].pk, {"group": system.pk})


def test_component_that_stays_where_it_is_leaves_no_event(
    system: ComponentGroup, some: dict[str, Component]
) -> None:
    move_component(some["Y"], group=system, before=some["Z"].pk, by=DONALD, now=NOW)
    assert Event.objects.filter(kind="component.moved").count() == 0


def test_component_steps_through_its_group_and_into_the_next(
    acme: Page, system: ComponentGroup, some: dict[str, Component]
) -> None:
    step_component(some["A"], up=False, by=DONALD, now=NOW)
    assert names(acme, None) == ["B", "A"]
    step_component(some["A"], up=False, by=DONALD, now=NOW)
    assert (names(acme, None), names(acme, system)) == (["B"], ["A", "X", "Y", "Z"])
    step_component(some["A"], up=True, by=DONALD, now=NOW)
    assert (names(acme, None), names(acme, system)) == (["B", "A"], ["X", "Y", "Z"])


@pytest.mark.parametrize(("name", "up"), [("A", True), ("Z", False)])
def test_component_at_the_edge_of_the_page_stays(
    acme: Page, system: ComponentGroup, some: dict[str, Component], name: str, *, up: bool
) -> None:
    step_component(some[name], up=up, by=DONALD, now=NOW)
    assert (names(acme, None), names(acme, system)) == (["A", "B"], ["X", "Y", "Z"])


def test_component_or_group_that_is_gone_is_not_moved(
    acme: Page, system: ComponentGroup, some: dict[str, Component]
) -> None:
    gone = Component.objects.get(pk=some["B"].pk)
    delete_component(some["B"], by=DONALD, now=NOW)
    with pytest.raises(PlaceGoneError):
        move_component(gone, group=None, by=DONALD, now=NOW)
    former = ComponentGroup.objects.get(pk=system.pk)
    delete_group(system, by=DONALD, now=NOW)
    with pytest.raises(PlaceGoneError):
        move_component(some["A"], group=former, by=DONALD, now=NOW)
    with pytest.raises(PlaceGoneError):
        move_group(former, by=DONALD, now=NOW)


def test_group_is_moved_and_steps(acme: Page, system: ComponentGroup) -> None:
    make_group(acme, "Databases")
    third = make_group(acme, "Others")
    move_group(third, before=system.pk, by=DONALD, now=NOW)
    groups = ComponentGroup.objects.filter(page=acme).values_list("name", flat=True)
    assert list(groups) == ["Others", "System", "Databases"]
    step_group(system, up=False, by=DONALD, now=NOW)
    assert list(groups.all()) == ["Others", "Databases", "System"]
    step_group(system, up=False, by=DONALD, now=NOW)
    assert list(groups.all()) == ["Others", "Databases", "System"]
    assert Event.objects.filter(kind="group.moved").count() == 2
