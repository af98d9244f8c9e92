from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from factories.actors import DONALD
from factories.components import make_component
from factories.maintenance import make_maintenance
from factories.metrics import make_monitor
from factories.moments import at
from factories.pages import make_page
from factories.verdicts import remember
from fixtures.queries import QueryCount
from pingpong.components.days import Days
from pingpong.components.models import Component
from pingpong.maintenance.lifecycle import delete_maintenance
from pingpong.monitors.daily import days_of
from pingpong.monitors.models import Monitor, Verdict, VerdictSpan
from pingpong.monitors.uptime import spans_since
from pingpong.overview.history import cut_into_days
from pingpong.pages.models import Page

HOUR = 60
DAY = 24 * HOUR
STORY = [
    ("up", -2000 * HOUR, -1500.5 * HOUR),
    ("down", -1500.5 * HOUR, -1500 * HOUR),
    ("up", -1500 * HOUR, -900 * HOUR),
    ("up", -800 * HOUR, -20 * DAY),
    ("down", -20 * DAY, -17 * DAY),
    ("up", -17 * DAY, 5 * HOUR),
]


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=at(-200 * DAY))


@pytest.fixture
def component(page: Page) -> Component:
    return make_component(page, now=at(-200 * DAY))


@pytest.fixture
def website(page: Page, component: Component) -> Monitor:
    return make_monitor(page, component=component, now=at(-200 * DAY))


def check(monitor: Monitor, *, now: datetime, zone: str = "UTC") -> None:
    """Ask that days cut in seconds are the bars that spans of instants give."""
    days = Days.until(now, zone=ZoneInfo(zone), count=90)
    spans = spans_since([monitor.pk], days.start, now=now)
    expected = cut_into_days([monitor.pk], spans, days)[monitor.pk]
    found = days_of([monitor.pk], days)[monitor.pk]
    assert list(found.days) == list(expected.days)
    assert found.uptime == expected.uptime


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia"])
def test_days_cut_in_seconds_are_the_bars_that_spans_give(website: Monitor, zone: str) -> None:
    remember(website, *STORY)
    for now in (at(0), datetime(2026, 3, 10, tzinfo=UTC)):
        check(website, now=now, zone=zone)


def test_days_with_a_change_of_the_clock_have_all_their_hours(website: Monitor) -> None:
    remember(website, ("up", -100 * DAY, DAY))
    days = Days.until(at(0), zone=ZoneInfo("America/New_York"), count=3)
    found = days_of([website.pk], days)[website.pk]
    assert [bar.tally.up_s / 3600 for bar in found.days[:2]] == [23, 24]
    assert sum(bar.tally.up_s for bar in found.days) == (at(0) - days.start).total_seconds()


def test_a_monitor_of_which_nothing_is_known_is_missing(website: Monitor) -> None:
    days = Days.until(at(0), zone=UTC, count=90)
    assert days_of([website.pk], days) == {}
    assert days_of([], days) == {}


def test_what_is_added_to_remembered_days_is_seen(website: Monitor, component: Component) -> None:
    remember(website, *STORY)
    check(website, now=at(0))
    remember(website, *STORY[:-1], ("up", -17 * DAY, -3 * DAY), ("down", -3 * DAY, 5 * HOUR))
    check(website, now=at(1))
    window = {"scheduled_for": at(-19 * DAY), "ends_at": at(-18 * DAY)}
    made = make_maintenance(component.page, affected=[component], now=at(-25 * DAY), **window)
    check(website, now=at(2))
    delete_maintenance(made, by=DONALD, now=at(3))
    check(website, now=at(3))


def test_what_is_forgotten_of_remembered_days_is_gone(website: Monitor) -> None:
    remember(website, *STORY)
    check(website, now=at(0))
    VerdictSpan.objects.order_by("start").first().delete()
    check(website, now=at(0))


def test_a_day_that_turns_out_otherwise_after_midnight_is_cut_again(website: Monitor) -> None:
    midnight = -9 * HOUR
    remember(website, ("up", -10 * DAY, midnight - 1))
    check(website, now=at(midnight + 1))
    Verdict.objects.update(covered_until=int(at(midnight + 2).timestamp()))
    check(website, now=at(midnight + 2))
    remember(website, ("up", -10 * DAY, midnight - 5), ("down", midnight - 5, midnight + 3))
    check(website, now=at(midnight + 3))
    check(website, now=at(midnight + DAY + 3))


def test_maintenance_that_goes_on_counts_today(website: Monitor, component: Component) -> None:
    remember(website, ("up", -10 * DAY, 5 * HOUR))
    window = {"scheduled_for": at(-30 * HOUR), "ends_at": at(HOUR)}
    make_maintenance(component.page, affected=[component], now=at(-40 * HOUR), **window)
    for minute in (0, 1, HOUR + 1):
        check(website, now=at(minute))


def test_days_cost_the_same_queries_for_any_number(
    page: Page, component: Component, query_count: QueryCount
) -> None:
    monitors = [make_monitor(page, str(n), component=component, now=at(0)) for n in range(9)]
    for monitor in monitors:
        remember(monitor, *STORY)
    days = Days.until(at(0), zone=UTC, count=90)
    counts = []
    for some in (monitors[:1], monitors, monitors):
        with query_count() as counted:
            days_of([one.pk for one in some], days)
        counts.append(len(counted))
    assert counts == [4, 4, 3]
