from collections.abc import Iterable

import pytest

from factories.actors import DONALD
from factories.metrics import make_monitor
from factories.moments import BEGINNING, at
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.monitors.lifecycle import change_monitor
from pingpong.monitors.models import Location, Monitor, RawOutcome, Watch
from pingpong.monitors.rollups import DAY_S, HOUR_S, Found, add
from pingpong.monitors.series import Point, Total, by_location, series, totals
from pingpong.pages.models import Page

NINE = int(BEGINNING.timestamp())
MIDNIGHT = NINE - 9 * HOUR_S
JAPAN, ITALY = Location.JAPAN, Location.ITALY


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=at(0))


@pytest.fixture
def website(page: Page) -> Monitor:
    return watched(page)


def watched(page: Page, name: str = "Website") -> Monitor:
    monitor = make_monitor(page, name, now=at(0))
    Watch.objects.filter(monitor=monitor).delete()
    for place in (JAPAN, ITALY):
        Watch.objects.create(monitor=monitor, location=place, interval_s=60, phase_s=0)
    return monitor


def measure(
    monitor: Monitor, checks: Iterable[tuple[int, int | str]], *, place: Location = JAPAN
) -> None:
    """Store checks of a slot and its milliseconds, or the word for what went wrong."""
    watch = Watch.objects.get(monitor=monitor, location=place)
    found = [
        Found(watch.pk, slot, "up", value * 1000, False)
        if isinstance(value, int)
        else Found(watch.pk, slot, value, 0, False)
        for slot, value in checks
    ]
    add(found)
    durations = dict.fromkeys(("dns_us", "connect_us", "tls_us", "first_byte_us", "status"), 0)
    RawOutcome.objects.bulk_create(
        RawOutcome(
            watch=watch,
            slot=one.slot,
            word=one.word,
            total_us=one.total_us,
            delay_ms=0,
            vantage="here",
            **durations,
        )
        for one in found
    )


def test_days_are_points_of_all_locations_together(website: Monitor) -> None:
    measure(website, [(NINE, 20), (NINE + HOUR_S, 40), (NINE + DAY_S, "read_timeout")])
    measure(website, [(NINE, 90), (NINE, "probe_fault")][:1], place=ITALY)
    found = series([website.pk], start=MIDNIGHT, end=MIDNIGHT + 2 * DAY_S, step=DAY_S)
    first, second = found[website.pk]
    assert first[:8] == (MIDNIGHT, 3, 3, 0, 0, 50_000, 20_000, 90_000)
    assert first.p50_us == pytest.approx(40_000, rel=0.07)
    assert first.p99_us == pytest.approx(90_000, rel=0.07)
    assert second == Point(MIDNIGHT + DAY_S, 1, 0, 0, 0)


def test_a_location_can_be_asked_for_alone(website: Monitor) -> None:
    measure(website, [(NINE, 20)])
    measure(website, [(NINE, 90)], place=ITALY)
    window = {"start": MIDNIGHT, "end": MIDNIGHT + DAY_S, "step": DAY_S}
    assert series([website.pk], location=ITALY, **window)[website.pk][0].mean_us == 90_000
    assert series([website.pk], location=Location.BRAZIL, **window) == {}
    apart = by_location(website.pk, **window)
    assert {place: points[0].mean_us for place, points in apart.items()} == {
        JAPAN: 20_000,
        ITALY: 90_000,
    }


def test_hours_may_be_put_together_to_longer_steps(website: Monitor) -> None:
    measure(website, [(MIDNIGHT + hour * HOUR_S, 10 + hour) for hour in range(12)])
    found = series([website.pk], start=MIDNIGHT, end=NINE, step=6 * HOUR_S)[website.pk]
    assert [(one.start, one.n, one.max_us) for one in found] == [
        (MIDNIGHT, 6, 15_000),
        (MIDNIGHT + 6 * HOUR_S, 3, 18_000),
    ]


def test_an_hour_that_the_window_begins_in_is_whole(website: Monitor) -> None:
    measure(website, [(NINE, 20), (NINE + 1800, 40)])
    found = series([website.pk], start=NINE + 900, end=NINE + HOUR_S, step=HOUR_S)[website.pk]
    assert [(one.start, one.n) for one in found] == [(NINE, 2)]


def test_a_percentile_is_not_beyond_what_was_measured(website: Monitor) -> None:
    measure(website, [(NINE, 70_000)])
    point = series([website.pk], start=NINE, end=NINE + 1, step=HOUR_S)[website.pk][0]
    assert (point.p50_us, point.p99_us) == (70_000_000, 70_000_000)


def test_short_steps_come_from_single_checks_with_exact_percentiles(website: Monitor) -> None:
    measure(website, [(NINE + n, n + 1) for n in range(100)])
    measure(website, [(NINE + 300, "read_timeout"), (NINE + 310, "probe_fault")])
    found = series([website.pk], start=NINE, end=NINE + 600, step=300)[website.pk]
    assert found == [
        Point(NINE, 100, 100, 0, 0, 50_500, 1_000, 100_000, 50_000, 95_000, 99_000),
        Point(NINE + 300, 1, 0, 0, 1),
    ]


def test_single_checks_of_several_monitors_have_no_percentiles(page: Page) -> None:
    monitors = [watched(page, name) for name in ("one", "other")]
    for monitor in monitors:
        measure(monitor, [(NINE, 20), (NINE + 60, 40), (NINE + 120, "tls_invalid")])
        measure(monitor, [(NINE, "probe_fault")], place=ITALY)
    found = series([one.pk for one in monitors], start=NINE, end=NINE + 300, step=300)
    expected = [Point(NINE, 3, 2, 0, 1, 30_000, 20_000, 40_000)]
    assert found == {one.pk: expected for one in monitors}


def test_slow_checks_are_told_apart_by_what_is_slow_now(page: Page) -> None:
    monitors = [watched(page, name) for name in ("one", "other")]
    change_monitor(monitors[0], {"options": {"degraded_after_ms": 30}}, by=DONALD, now=at(0))
    for monitor in monitors:
        measure(monitor, [(NINE, 20), (NINE + 60, 40)])
    ids = [one.pk for one in monitors]
    together = series(ids, start=NINE, end=NINE + 300, step=300)
    apart = {one: series([one], start=NINE, end=NINE + 300, step=300)[one] for one in ids}
    for found in (together, apart):
        assert [found[one][0].degraded for one in ids] == [1, 0]


def test_single_checks_can_be_told_by_location(website: Monitor) -> None:
    measure(website, [(NINE, 20)])
    measure(website, [(NINE, 90)], place=ITALY)
    found = by_location(website.pk, start=NINE, end=NINE + 60, step=60)
    assert {place: points[0].p50_us for place, points in found.items()} == {
        JAPAN: 20_000,
        ITALY: 90_000,
    }


def test_totals_are_the_sums_of_all_locations(page: Page) -> None:
    monitors = [watched(page, name) for name in ("one", "other", "idle")]
    measure(monitors[0], [(NINE - 1, 1), (NINE, 20), (NINE + HOUR_S, 40)])
    measure(monitors[0], [(NINE, 60)], place=ITALY)
    measure(monitors[1], [(NINE, "read_timeout")])
    found = totals([one.pk for one in monitors], start=NINE + 60, end=NINE + 2 * HOUR_S)
    assert found == {
        monitors[0].pk: Total(3, 3, 40_000),
        monitors[1].pk: Total(1, 0, None),
    }


@pytest.mark.parametrize(("step", "queries"), [(DAY_S, 1), (HOUR_S, 1), (60, 2)])
def test_points_cost_the_same_queries_for_any_number(
    page: Page, query_count: QueryCount, step: int, queries: int
) -> None:
    monitors = [watched(page, str(n)) for n in range(5)]
    for monitor in monitors:
        measure(monitor, [(NINE, 20), (NINE + 60, 40)])
    for some in (monitors[:1], monitors):
        with query_count() as counted:
            series([one.pk for one in some], start=MIDNIGHT, end=NINE + DAY_S, step=step)
        assert len(counted) == queries


def test_of_no_monitor_there_is_nothing(db: None, query_count: QueryCount) -> None:
    with query_count() as counted:
        assert series([], start=0, end=1, step=DAY_S) == {}
        assert totals([], start=0, end=1) == {}
    assert len(counted) == 0
