"""Planning, moving and cancelling a window: what it is, and what its components show."""

from datetime import timedelta

import pytest

from factories.actors import DONALD
from factories.maintenance import make_maintenance
from factories.moments import at
from pingpong.components.effects import active_by_component
from pingpong.components.models import Component
from pingpong.events.models import Event
from pingpong.maintenance import queries
from pingpong.maintenance.lifecycle import change_maintenance, delete_maintenance
from pingpong.maintenance.models import Maintenance
from pingpong.pages.models import Page

MOMENT = timedelta(microseconds=1)


def plan(page: Page, start: float, end: float, **others: object) -> Maintenance:
    others = {"now": at(0), **others}
    return make_maintenance(page, scheduled_for=at(start), ends_at=at(end), **others)


def reread(maintenance: Maintenance) -> Maintenance:
    return Maintenance.objects.get(pk=maintenance.pk)


def shown(component: Component, minute: float) -> str | None:
    influence = active_by_component(component.page_id, at(minute)).get(component.pk)
    return None if influence is None else influence.status


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (at(10) - MOMENT, "Upcoming"),
        (at(10), "In progress"),
        (at(20) - MOMENT, "In progress"),
        (at(20), "Complete"),
    ],
)
def test_its_status_is_read_off_the_clock(page: Page, moment: object, status: str) -> None:
    window = plan(page, 10, 20)
    assert window.status_at(moment) == status
    for word in ("Upcoming", "In progress", "Complete"):
        found = queries.with_status(queries.full(page.pk), word, now=moment)
        assert list(found) == ([window] if word == status else [])


def test_its_components_show_it_from_start_to_end(page: Page, website: Component) -> None:
    plan(page, 10, 20, affected=[website])
    assert [shown(website, minute) for minute in (9.9, 10, 19.9, 20)] == [
        None,
        "Maintenance mode",
        "Maintenance mode",
        None,
    ]


@pytest.mark.parametrize(
    ("start", "end", "edge"),
    [(10, 20, 10), (-5, 20, 20), (0, 20, 20), (-20, -10, None), (-20, 0, None)],
)
def test_the_next_edge_is_the_first_one_still_to_come(
    page: Page, start: float, end: float, edge: float | None
) -> None:
    window = reread(plan(page, start, end))
    assert window.next_edge_at == (None if edge is None else at(edge))


def test_a_moved_window_counts_at_its_new_time(page: Page, website: Component) -> None:
    window = plan(page, 10, 20, affected=[website])
    change_maintenance(window, {"scheduled_for": at(30), "ends_at": at(40)}, by=DONALD, now=at(5))
    assert reread(window).next_edge_at == at(30)
    assert [shown(website, minute) for minute in (15, 35)] == [None, "Maintenance mode"]


def test_a_new_list_of_components_replaces_the_old_one(
    page: Page, website: Component, database: Component
) -> None:
    window = plan(page, 10, 20, affected=[website])
    change_maintenance(window, {}, affected=[database], by=DONALD, now=at(5))
    assert (shown(website, 15), shown(database, 15)) == (None, "Maintenance mode")


def test_no_list_leaves_the_old_one(page: Page, website: Component) -> None:
    window = plan(page, 10, 20, affected=[website])
    change_maintenance(window, {"title": "Other"}, by=DONALD, now=at(5))
    assert (reread(window).title, shown(website, 15)) == ("Other", "Maintenance mode")


def test_a_deleted_window_shows_nowhere(page: Page, website: Component) -> None:
    delete_maintenance(plan(page, 10, 20, affected=[website]), by=DONALD, now=at(15))
    assert (list(queries.full(page.pk)), shown(website, 15)) == ([], None)


def test_overlapping_windows_hold_until_the_last_one_ends(page: Page, website: Component) -> None:
    plan(page, 10, 20, affected=[website])
    plan(page, 15, 30, affected=[website])
    assert [shown(website, minute) for minute in (12, 17, 25, 30)] == [
        "Maintenance mode",
        "Maintenance mode",
        "Maintenance mode",
        None,
    ]


def test_windows_are_read_newest_first_with_components_in_order(
    page: Page, website: Component, database: Component
) -> None:
    plan(page, 10, 20, now=at(1), title="First", affected=[database, website])
    plan(page, 5, 8, now=at(2), title="Second")
    found = [
        (one.title, [row.component.name for row in one.affected.all()])
        for one in queries.full(page.pk)
    ]
    assert found == [("Second", []), ("First", ["Database", "Website"])]


def test_every_verb_leaves_one_event_and_a_new_version(page: Page) -> None:
    version = Page.objects.get(pk=page.pk).version
    window = plan(page, 10, 20)
    change_maintenance(window, {"title": "Other"}, notify=True, by=DONALD, now=at(1))
    delete_maintenance(window, by=DONALD, now=at(2))
    events = Event.objects.filter(kind__startswith="maintenance.").order_by("id")
    assert [(event.kind, event.data["notify_subscribers"]) for event in events] == [
        ("maintenance.scheduled", True),
        ("maintenance.changed", True),
        ("maintenance.deleted", False),
    ]
    assert Page.objects.get(pk=page.pk).version >= version + 3


def test_a_new_title_does_not_undo_a_new_window(page: Page, website: Component) -> None:
    window = plan(page, 10, 20, affected=[website])
    late = reread(window)
    change_maintenance(window, {"scheduled_for": at(30), "ends_at": at(40)}, by=DONALD, now=at(1))
    change_maintenance(late, {"title": "Renamed"}, by=DONALD, now=at(2))
    found = reread(window)
    assert (found.title, found.scheduled_for, found.next_edge_at) == ("Renamed", at(30), at(30))
    assert [shown(website, minute) for minute in (15, 35)] == [None, "Maintenance mode"]
