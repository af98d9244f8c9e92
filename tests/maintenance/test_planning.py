"""Windows that repeat are made ahead of time, each once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from factories.actors import DONALD
from factories.moments import wall
from pingpong.components.models import Component
from pingpong.events.models import Event
from pingpong.maintenance.lifecycle import delete_maintenance
from pingpong.maintenance.models import Maintenance, MaintenanceSeries, Occurrence
from pingpong.maintenance.planning import plan_ahead, plan_due
from pingpong.maintenance.recurrence import recurrence_of
from pingpong.maintenance.series import SeriesPlan, begin_series
from pingpong.pages.models import Page

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def plan(rule: str = "FREQ=WEEKLY", *, title: str = "Patches", lasts: int = 60) -> SeriesPlan:
    told = recurrence_of(rule, "Europe/Berlin", wall("2026-03-14T02:30"))
    return SeriesPlan(title, "<div>On {{date}}.</div>", True, told, lasts)


def begin(page: Page, rule: str = "FREQ=WEEKLY", **others: object) -> MaintenanceSeries:
    return begin_series(page, plan(rule, **others), by=DONALD, now=NOW)  # type: ignore[arg-type]


def starts() -> list[str]:
    rows = Maintenance.objects.order_by("scheduled_for").values_list("scheduled_for", flat=True)
    return [at.strftime("%m-%dT%H:%M") for at in rows]


def test_the_next_sixty_days_are_planned_at_once(page: Page, website: Component) -> None:
    series = begin_series(page, plan(), affected=[website], by=DONALD, now=NOW)
    assert starts() == [
        "03-14T01:30", "03-21T01:30", "03-28T01:30", "04-04T00:30", "04-11T00:30",
        "04-18T00:30", "04-25T00:30", "05-02T00:30", "05-09T00:30",
    ]  # fmt: skip
    for window in Maintenance.objects.all():
        assert (window.reported_by, window.ends_at - window.scheduled_for) == (
            DONALD.name,
            timedelta(hours=1),
        )
        assert list(window.affected.values_list("component_id", flat=True)) == [website.pk]
    assert series.next_look_at == datetime(2026, 5, 16, 0, 30, tzinfo=UTC) - 60 * DAY


def test_only_the_first_window_is_announced(page: Page) -> None:
    begin(page)
    told = Event.objects.filter(kind="maintenance.scheduled").order_by("id")
    assert [one.data["notify_subscribers"] for one in told] == [True] + [False] * 8


def test_placeholders_are_filled_in_for_each_window(page: Page) -> None:
    begin(page, title="Patches of {{date}}, {{time}}")
    first = Maintenance.objects.order_by("scheduled_for")[0]
    assert (first.title, first.message) == (
        "Patches of 2026-03-14, 01:30 UTC",
        "<div>On 2026-03-14.</div>",
    )


def test_the_engine_goes_on_as_time_passes_and_does_nothing_twice(page: Page) -> None:
    series = begin(page)
    assert plan_due(NOW + DAY) == []
    assert (plan_due(NOW + 8 * DAY), len(starts())) == ([page.pk], 10)
    assert plan_due(NOW + 8 * DAY) == []
    last = Event.objects.filter(kind="maintenance.scheduled").order_by("-id")[0]
    assert (last.actor, last.data) == (page.name, {"notify_subscribers": False})
    assert series.occurrences.count() == 10


def test_two_engines_plan_a_window_once(page: Page) -> None:
    series = begin(page)
    later = NOW + 8 * DAY
    mine = MaintenanceSeries.objects.get(pk=series.pk)
    yours = MaintenanceSeries.objects.get(pk=series.pk)
    assert [plan_ahead(mine, now=later), plan_ahead(yours, now=later)] == [True, False]
    assert len(starts()) == 10
    with pytest.raises(IntegrityError), transaction.atomic():
        Occurrence.objects.create(series=series, slot="2026-03-14T02:30")


def test_an_engine_that_was_away_plans_what_is_not_over(page: Page) -> None:
    begin(page)
    plan_due(NOW + 200 * DAY)
    planned = starts()
    assert "05-16T00:30" not in planned
    assert planned[9] == "10-03T00:30"


def test_a_rare_window_is_planned_though_it_is_far_away(page: Page) -> None:
    series = begin(page, "FREQ=YEARLY")
    assert starts() == ["03-14T01:30"]
    plan_due(NOW + 5 * DAY)
    assert [one.scheduled_for.year for one in series_windows(series)] == [2026, 2027]
    plan_due(NOW + 6 * DAY)
    assert len(starts()) == 2


def series_windows(series: MaintenanceSeries) -> list[Maintenance]:
    return list(Maintenance.objects.filter(occurrence__series=series).order_by("scheduled_for"))


def test_a_window_that_was_deleted_does_not_come_again(page: Page) -> None:
    series = begin(page)
    window = series_windows(series)[2]
    delete_maintenance(window, by=DONALD, now=NOW)
    for days in (0, 1, 8):
        plan_due(NOW + days * DAY)
    assert ("03-28T01:30" in starts(), len(starts())) == (False, 9)


def test_the_only_window_that_is_left_out_makes_the_next_one_planned(page: Page) -> None:
    series = begin(page, "FREQ=YEARLY")
    delete_maintenance(series_windows(series)[0], by=DONALD, now=NOW)
    plan_due(NOW)
    assert [one.scheduled_for.year for one in series_windows(series)] == [2027]


def test_a_series_with_an_end_is_looked_at_no_more(page: Page) -> None:
    series = begin(page, "FREQ=WEEKLY;COUNT=3")
    assert (len(starts()), series.next_look_at) == (3, None)


def test_what_is_over_is_not_planned_in_hindsight(page: Page) -> None:
    begin_series(page, plan("FREQ=DAILY;COUNT=5"), by=DONALD, now=NOW + 5 * DAY)
    assert starts() == ["03-16T01:30", "03-17T01:30", "03-18T01:30"]
