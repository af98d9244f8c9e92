"""When the past itself changes: old rows stay, superseded by a revision that says who and why."""

from datetime import datetime

from factories.actors import DONALD
from factories.incidents import make_incident, make_update, resolve
from factories.maintenance import make_maintenance
from factories.moments import at
from fixtures.ledger import ledger_of
from pingpong.components.lifecycle import set_own_status
from pingpong.components.models import Component, Interval, Revision
from pingpong.incidents.lifecycle import (
    change_incident,
    change_update,
    delete_incident,
    delete_update,
)
from pingpong.maintenance.clock import turn_clock
from pingpong.maintenance.lifecycle import change_maintenance, delete_maintenance
from pingpong.pages.models import Page

WHOLE_LIFE = [("Operational", "own", 0, None)]


def superseded(component: Component) -> list[tuple[str, float, float | None]]:
    rows = Interval.objects.filter(component=component, superseded_by__isnull=False)
    return [
        (row.status, minute(row.started_at), None if row.ended_at is None else minute(row.ended_at))
        for row in rows.order_by("id")
    ]


def minute(instant: datetime) -> float:
    return (instant - at(0)).total_seconds() / 60


def test_backdated_incident_takes_its_time_out_of_what_was_told(
    page: Page, website: Component
) -> None:
    make_incident(page, affected=[(website, "Unavailable")], occurred_at=at(20), now=at(60))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 20),
        ("Unavailable", "incident", 20, None),
    ]


def test_backdated_incident_supersedes_closed_rows_and_leaves_them_as_they_were(
    page: Page, website: Component
) -> None:
    set_own_status(website, "Minor issues", by=DONALD, now=at(10))
    set_own_status(website, "Operational", by=DONALD, now=at(30))
    make_incident(page, affected=[(website, "Unavailable")], occurred_at=at(5), now=at(60))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 5),
        ("Unavailable", "incident", 5, None),
    ]
    assert superseded(website) == [
        ("Operational", 0, 10),
        ("Minor issues", 10, 30),
        ("Operational", 30, None),
    ]


def test_backdated_incident_leaves_a_revision_that_says_who_when_and_why(
    page: Page, website: Component
) -> None:
    set_own_status(website, "Minor issues", by=DONALD, now=at(10))
    incident = make_incident(
        page, affected=[(website, "Unavailable")], occurred_at=at(5), now=at(60)
    )
    revision = Revision.objects.get()
    assert (revision.component, revision.since, revision.at) == (website, at(5), at(60))
    assert (revision.cause, revision.cause_id) == ("incident.opened", incident.pk)
    assert revision.actor == "Donald Duck"


def test_incident_from_before_the_component_was_made_starts_with_it(
    page: Page, website: Component
) -> None:
    make_incident(page, affected=[(website, "Unavailable")], occurred_at=at(-60), now=at(60))
    assert ledger_of(website) == [("Unavailable", "incident", 0, None)]


def test_incident_moved_in_time_is_retold_from_the_earlier_beginning(
    page: Page, website: Component
) -> None:
    incident = make_incident(page, affected=[(website, "Unavailable")], now=at(20))
    resolve(incident, now=at(30))
    change_incident(incident, {"occurred_at": at(10)}, by=DONALD, now=at(60))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 10),
        ("Unavailable", "incident", 10, 30),
        ("Operational", "own", 30, None),
    ]


def test_incident_with_a_new_title_retells_nothing(page: Page, website: Component) -> None:
    incident = make_incident(page, affected=[(website, "Unavailable")], now=at(20))
    rows = list(Interval.objects.values())
    change_incident(incident, {"title": "Database up"}, by=DONALD, now=at(60))
    assert list(Interval.objects.values()) == rows
    assert not Revision.objects.exists()


def test_incident_that_moves_on_leaves_the_first_from_then_on_and_takes_the_second(
    page: Page, website: Component, database: Component
) -> None:
    incident = make_incident(page, affected=[(website, "Unavailable")], now=at(20))
    change_incident(incident, {}, affected=[(database, "Major issues")], by=DONALD, now=at(60))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 20),
        ("Unavailable", "incident", 20, 60),
        ("Operational", "own", 60, None),
    ]
    assert ledger_of(database) == [
        ("Operational", "own", 0, 60),
        ("Major issues", "incident", 60, None),
    ]


def test_escalation_does_not_rewrite_the_hours_before_it(page: Page, website: Component) -> None:
    incident = make_incident(page, affected=[(website, "Minor issues")], now=at(20))
    change_incident(incident, {}, affected=[(website, "Critical state")], by=DONALD, now=at(60))
    change_incident(incident, {}, affected=[(website, "Minor issues")], by=DONALD, now=at(70))
    resolve(incident, now=at(80))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 20),
        ("Minor issues", "incident", 20, 60),
        ("Critical state", "incident", 60, 70),
        ("Minor issues", "incident", 70, 80),
        ("Operational", "own", 80, None),
    ]
    assert superseded(website) == []


def test_correction_after_the_end_counts_from_beginning_to_end(
    page: Page, website: Component, database: Component
) -> None:
    incident = make_incident(page, affected=[(website, "Unavailable")], now=at(20))
    resolve(incident, now=at(30))
    incident.refresh_from_db()
    change_incident(incident, {}, affected=[(database, "Major issues")], by=DONALD, now=at(60))
    assert ledger_of(website) == WHOLE_LIFE
    assert ledger_of(database) == [
        ("Operational", "own", 0, 20),
        ("Major issues", "incident", 20, 30),
        ("Operational", "own", 30, None),
    ]


def test_deleted_incident_was_never_there_but_its_rows_stay(page: Page, website: Component) -> None:
    incident = make_incident(page, affected=[(website, "Unavailable")], now=at(20))
    resolve(incident, now=at(30))
    delete_incident(incident, by=DONALD, now=at(60))
    assert ledger_of(website) == WHOLE_LIFE
    assert superseded(website) == [
        ("Operational", 0, 20),
        ("Unavailable", 20, 30),
        ("Operational", 30, None),
    ]
    assert Revision.objects.get().cause == "incident.deleted"


def test_deleting_the_resolved_update_makes_the_incident_go_on(
    page: Page, website: Component
) -> None:
    incident = make_incident(page, affected=[(website, "Unavailable")], now=at(20))
    delete_update(resolve(incident, now=at(30)), by=DONALD, now=at(60))
    incident.refresh_from_db()
    assert (incident.status, incident.resolved_at) == ("In progress", None)
    assert ledger_of(website) == [
        ("Operational", "own", 0, 20),
        ("Unavailable", "incident", 20, None),
    ]


def test_later_update_reopens_the_incident_from_then_on(page: Page, website: Component) -> None:
    incident = make_incident(page, affected=[(website, "Unavailable")], now=at(20))
    resolve(incident, now=at(30))
    make_update(incident, "Investigating", now=at(50))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 20),
        ("Unavailable", "incident", 20, 30),
        ("Operational", "own", 30, 50),
        ("Unavailable", "incident", 50, None),
    ]
    assert not Revision.objects.exists()


def test_update_edited_into_resolved_ends_the_incident_at_its_own_time(
    page: Page, website: Component
) -> None:
    incident = make_incident(page, affected=[(website, "Unavailable")], now=at(20))
    update = make_update(incident, "Verifying", now=at(30))
    change_update(update, {"status": "Resolved"}, by=DONALD, now=at(60))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 20),
        ("Unavailable", "incident", 20, 30),
        ("Operational", "own", 30, None),
    ]


def test_deleted_incident_uncovers_the_other_one_below(page: Page, website: Component) -> None:
    make_incident(page, "Slow", affected=[(website, "Minor issues")], now=at(10))
    worse = make_incident(page, "Down", affected=[(website, "Critical state")], now=at(20))
    delete_incident(worse, by=DONALD, now=at(60))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 10),
        ("Minor issues", "incident", 10, None),
    ]


def test_maintenance_noticed_late_is_written_at_its_own_time(
    page: Page, website: Component
) -> None:
    make_maintenance(page, affected=[website], scheduled_for=at(10), ends_at=at(20), now=at(0))
    set_own_status(website, "Minor issues", by=DONALD, now=at(15))
    turn_clock(at(40))
    turn_clock(at(40))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 10),
        ("Maintenance mode", "maintenance", 10, 20),
        ("Minor issues", "own", 20, None),
    ]


def test_deleted_maintenance_was_never_there(page: Page, website: Component) -> None:
    window = make_maintenance(
        page, affected=[website], scheduled_for=at(10), ends_at=at(20), now=at(0)
    )
    turn_clock(at(10))
    window.refresh_from_db()
    delete_maintenance(window, by=DONALD, now=at(15))
    assert ledger_of(website) == WHOLE_LIFE


def test_maintenance_made_longer_before_its_start_was_noticed_is_still_told_whole(
    page: Page, website: Component
) -> None:
    window = make_maintenance(
        page, affected=[website], scheduled_for=at(10), ends_at=at(20), now=at(0)
    )
    change_maintenance(window, {"ends_at": at(40)}, by=DONALD, now=at(12))
    turn_clock(at(12))
    turn_clock(at(40))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 10),
        ("Maintenance mode", "maintenance", 10, 40),
        ("Operational", "own", 40, None),
    ]


def test_maintenance_ended_early_ends_at_its_new_end(page: Page, website: Component) -> None:
    window = make_maintenance(
        page, affected=[website], scheduled_for=at(10), ends_at=at(60), now=at(0)
    )
    turn_clock(at(10))
    window.refresh_from_db()
    change_maintenance(window, {"ends_at": at(30)}, by=DONALD, now=at(30))
    assert ledger_of(website) == [
        ("Operational", "own", 0, 10),
        ("Maintenance mode", "maintenance", 10, 30),
        ("Operational", "own", 30, None),
    ]
