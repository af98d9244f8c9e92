"""What is written down at the edges of a window, on time or late, by one engine or by several."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from factories.actors import DONALD
from factories.components import make_component
from factories.incidents import make_incident
from factories.maintenance import make_maintenance
from factories.moments import at
from factories.pages import make_page
from fixtures.ledger import Line, ledger_of
from pingpong.components.models import Component
from pingpong.events.models import Event
from pingpong.maintenance import clock
from pingpong.maintenance.clock import turn_clock
from pingpong.maintenance.lifecycle import change_maintenance, delete_maintenance
from pingpong.maintenance.models import Maintenance
from pingpong.pages.models import Page

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def window(page: Page, website: Component) -> Maintenance:
    """Minute 10 to 20, on the website, planned at the beginning."""
    return make_maintenance(
        page, now=at(0), scheduled_for=at(10), ends_at=at(20), affected=[website]
    )


def told() -> list[tuple[str, str]]:
    rows = Event.objects.filter(kind__in=["maintenance.started", "maintenance.completed"])
    return [(event.kind, event.data["at"]) for event in rows.order_by("id")]


def next_edge(window: Maintenance) -> datetime | None:
    return Maintenance.objects.get(pk=window.pk).next_edge_at


STARTED = ("maintenance.started", at(10).isoformat())
COMPLETED = ("maintenance.completed", at(20).isoformat())


def test_nothing_happens_a_moment_before_an_edge(window: Maintenance) -> None:
    assert turn_clock(at(10) - MOMENT) == []
    assert (told(), next_edge(window)) == ([], at(10))


def test_the_start_is_written_at_its_instant(
    page: Page, website: Component, window: Maintenance
) -> None:
    assert turn_clock(at(10)) == [page.pk]
    assert (told(), next_edge(window)) == ([STARTED], at(20))
    assert ledger_of(website) == [
        Line("Operational", "own", 0, 10),
        Line("Maintenance mode", "maintenance", 10, None),
    ]


def test_the_end_is_written_at_its_instant(
    page: Page, website: Component, window: Maintenance
) -> None:
    turn_clock(at(10))
    assert turn_clock(at(20)) == [page.pk]
    assert (told(), next_edge(window)) == ([STARTED, COMPLETED], None)
    assert ledger_of(website) == [
        Line("Operational", "own", 0, 10),
        Line("Maintenance mode", "maintenance", 10, 20),
        Line("Operational", "own", 20, None),
    ]


def test_an_edge_is_written_once(window: Maintenance) -> None:
    assert [bool(turn_clock(at(11))), bool(turn_clock(at(11))), bool(turn_clock(at(12)))] == [
        True,
        False,
        False,
    ]
    assert told() == [STARTED]


def test_edges_noticed_late_are_written_at_their_own_times(
    website: Component, window: Maintenance
) -> None:
    while turn_clock(at(45)):
        pass
    assert told() == [STARTED, COMPLETED]
    assert ledger_of(website) == [
        Line("Operational", "own", 0, 10),
        Line("Maintenance mode", "maintenance", 10, 20),
        Line("Operational", "own", 20, None),
    ]


def test_the_page_reports_what_the_clock_does(window: Maintenance) -> None:
    turn_clock(at(10))
    event = Event.objects.get(kind="maintenance.started")
    assert (event.actor, event.actor_id) == ("ACME", "")


def test_a_page_is_new_after_an_edge(page: Page, window: Maintenance) -> None:
    before = Page.objects.get(pk=page.pk).version
    turn_clock(at(10))
    assert Page.objects.get(pk=page.pk).version > before


def test_an_incident_over_the_window_stays_in_the_ledger(
    page: Page, website: Component, window: Maintenance
) -> None:
    make_incident(page, now=at(5), affected=[(website, "Minor issues")])
    turn_clock(at(10))
    turn_clock(at(20))
    assert ledger_of(website) == [
        Line("Operational", "own", 0, 5),
        Line("Minor issues", "incident", 5, None),
    ]


def test_a_deleted_window_has_no_edges(window: Maintenance) -> None:
    delete_maintenance(window, by=DONALD, now=at(5))
    assert (turn_clock(at(30)), told()) == ([], [])


def test_a_window_that_was_moved_starts_then(website: Component, window: Maintenance) -> None:
    change_maintenance(window, {"scheduled_for": at(30), "ends_at": at(40)}, by=DONALD, now=at(5))
    assert turn_clock(at(29)) == []
    turn_clock(at(31))
    assert told() == [("maintenance.started", at(30).isoformat())]
    assert ledger_of(website)[-1] == Line("Maintenance mode", "maintenance", 30, None)


def test_a_window_of_the_past_leaves_no_event(page: Page) -> None:
    make_maintenance(page, now=at(60), scheduled_for=at(10), ends_at=at(20))
    assert (turn_clock(at(60)), told()) == ([], [])


def test_a_running_window_that_was_planned_late_only_ends(page: Page, website: Component) -> None:
    make_maintenance(page, now=at(15), scheduled_for=at(10), ends_at=at(20), affected=[website])
    turn_clock(at(15))
    turn_clock(at(20))
    assert told() == [COMPLETED]


def test_a_turn_takes_no_more_than_its_batch_and_the_next_one_the_rest(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "BATCH", 2)
    for minute in (10, 11, 12):
        make_maintenance(page, now=at(0), scheduled_for=at(minute), ends_at=at(50))
    turn_clock(at(13))
    assert [when for _, when in told()] == [at(10).isoformat(), at(11).isoformat()]
    turn_clock(at(13))
    assert [when for _, when in told()] == [at(minute).isoformat() for minute in (10, 11, 12)]


def test_the_end_moved_while_the_start_is_written_is_the_end(window: Maintenance) -> None:
    late = Maintenance.objects.select_related("page").get(pk=window.pk)
    change_maintenance(window, {"ends_at": at(40)}, by=DONALD, now=at(9))
    clock._pass_edge(late, now=at(10))
    assert next_edge(window) == at(40)
    assert turn_clock(at(20)) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_engines_at_once_one_writes_each_edge() -> None:
    page = make_page(now=at(0))
    website = make_component(page, now=at(0))
    for minute in range(10, 20):
        make_maintenance(
            page, now=at(0), scheduled_for=at(minute), ends_at=at(60), affected=[website]
        )
    together = threading.Barrier(2)

    def engine() -> None:
        together.wait()
        turn_clock(at(30))
        connection.close()

    engines = [threading.Thread(target=engine) for _ in range(2)]
    for one in engines:
        one.start()
    for one in engines:
        one.join()
    assert sorted(when for _, when in told()) == [at(m).isoformat() for m in range(10, 20)]
    assert ledger_of(website)[0] == Line("Operational", "own", 0, 10)
