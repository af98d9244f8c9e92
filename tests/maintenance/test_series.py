"""Changing, skipping and ending work that repeats."""

from datetime import UTC, datetime, timedelta

import pytest

from factories.actors import DONALD
from factories.moments import wall
from pingpong.components.models import Component
from pingpong.events.models import Event
from pingpong.maintenance.lifecycle import change_maintenance, delete_maintenance
from pingpong.maintenance.models import Maintenance, MaintenanceSeries, Occurrence
from pingpong.maintenance.planning import plan_due
from pingpong.maintenance.recurrence import recurrence_of
from pingpong.maintenance.series import (
    SeriesPlan,
    WindowBegunError,
    begin_series,
    change_following,
    delete_following,
    end_series,
    rule_from,
)
from pingpong.pages.models import Page

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def plan(start: datetime, rule: str = "FREQ=WEEKLY;COUNT=6", title: str = "Patches") -> SeriesPlan:
    return SeriesPlan(title, "", False, recurrence_of(rule, "UTC", start), 60)


@pytest.fixture
def series(page: Page, website: Component) -> MaintenanceSeries:
    """Six Saturdays at 02:00, from 14 March to 18 April."""
    first = wall("2026-03-14T02:00")
    return begin_series(page, plan(first), affected=[website], by=DONALD, now=NOW)


def nth(series: MaintenanceSeries, number: int) -> Occurrence:
    rows = Occurrence.objects.select_related("series__page", "maintenance")
    return rows.filter(series=series).order_by("slot")[number]


def told() -> list[tuple[str, str]]:
    rows = Maintenance.objects.order_by("scheduled_for")
    return [(one.scheduled_for.strftime("%m-%d %H:%M"), one.title) for one in rows]


def ids() -> list[str]:
    return list(Maintenance.objects.order_by("scheduled_for").values_list("pk", flat=True))


def test_one_window_is_changed_alone(series: MaintenanceSeries) -> None:
    window = nth(series, 1).maintenance
    assert window is not None
    change_maintenance(window, {"title": "Bigger patches"}, by=DONALD, now=NOW)
    plan_due(NOW + 30 * DAY)
    assert [title for _at, title in told()] == ["Patches", "Bigger patches", *["Patches"] * 4]


def test_this_and_all_following_go_on_with_the_same_ids(
    series: MaintenanceSeries, database: Component
) -> None:
    before = ids()
    changed = plan(wall("2026-03-28T04:30"), "FREQ=WEEKLY;COUNT=4", "More patches")
    change_following(nth(series, 2), changed, affected=[database], by=DONALD, now=NOW)
    assert told() == [
        ("03-14 02:00", "Patches"),
        ("03-21 02:00", "Patches"),
        ("03-28 04:30", "More patches"),
        ("04-04 04:30", "More patches"),
        ("04-11 04:30", "More patches"),
        ("04-18 04:30", "More patches"),
    ]
    assert ids() == before
    window = Maintenance.objects.order_by("scheduled_for")[2]
    assert list(window.affected.values_list("component_id", flat=True)) == [database.pk]
    series.refresh_from_db()
    assert (series.ends_before, series.next_look_at) == ("2026-03-28T02:00", None)


def test_following_windows_move_to_the_days_of_another_rule(series: MaintenanceSeries) -> None:
    moved = plan(wall("2026-03-28T02:00"), "FREQ=MONTHLY;BYMONTHDAY=28;COUNT=2")
    change_following(nth(series, 2), moved, by=DONALD, now=NOW)
    assert [at for at, _title in told()] == [
        "03-14 02:00", "03-21 02:00", "03-28 02:00", "04-28 02:00",
    ]  # fmt: skip


def test_a_time_that_was_left_out_stays_so_when_all_following_change(
    series: MaintenanceSeries,
) -> None:
    skipped = nth(series, 3).maintenance
    assert skipped is not None
    delete_maintenance(skipped, by=DONALD, now=NOW)
    change_following(
        nth(series, 2), plan(wall("2026-03-28T05:00"), "FREQ=WEEKLY"), by=DONALD, now=NOW
    )
    plan_due(NOW + 30 * DAY)
    days = [at for at, _title in told()]
    assert ("04-04 05:00" in days, "04-11 05:00" in days) == (False, True)


def test_this_and_all_following_are_deleted(series: MaintenanceSeries) -> None:
    delete_following(nth(series, 1), by=DONALD, now=NOW)
    plan_due(NOW + 100 * DAY)
    assert [at for at, _title in told()] == ["03-14 02:00"]
    ended = Event.objects.get(kind="maintenance_series.ended")
    assert (ended.subject_id, ended.data) == (series.pk, {"ends_before": "2026-03-21T02:00"})


def test_ending_a_series_keeps_what_has_begun(series: MaintenanceSeries) -> None:
    during = datetime(2026, 3, 21, 2, 30, tzinfo=UTC)
    assert end_series(series, by=DONALD, now=during) == 4
    plan_due(during + 100 * DAY)
    assert [at for at, _title in told()] == ["03-14 02:00", "03-21 02:00"]


def test_what_has_begun_cannot_take_others_along(series: MaintenanceSeries) -> None:
    during = datetime(2026, 3, 21, 2, 30, tzinfo=UTC)
    with pytest.raises(WindowBegunError):
        delete_following(nth(series, 1), by=DONALD, now=during)
    with pytest.raises(WindowBegunError):
        change_following(nth(series, 1), plan(wall("2026-03-28T02:00")), by=DONALD, now=during)
    assert len(told()) == 6


def test_the_rest_of_a_counted_rule_is_counted_on(series: MaintenanceSeries) -> None:
    assert [rule_from(nth(series, number)) for number in (0, 2, 5)] == [
        "FREQ=WEEKLY;COUNT=6",
        "FREQ=WEEKLY;COUNT=4",
        "FREQ=WEEKLY;COUNT=1",
    ]
