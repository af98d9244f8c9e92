"""Hours that are summed up say the same as their points, at every edge."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.metrics import make_custom_metric
from factories.moments import at
from fixtures.queries import QueryCount
from pingpong.custom_metrics.hours import sum_up
from pingpong.custom_metrics.intake import store_points
from pingpong.custom_metrics.models import CustomMetric, HourOfPoints, Rollup, StaleHour
from pingpong.custom_metrics.series import Bucket, buckets_of, series, series_of
from pingpong.pages.models import Page

HOUR_S = 3600
DAY_S = 24 * HOUR_S
START = int(at(0).timestamp())
LATER = at(3 * 24 * 60)


def feed(metric: CustomMetric, points: dict[int, float]) -> None:
    """Store values by second after START."""
    pairs = [(START + after, value) for after, value in points.items()]
    store_points(metric.page_id, {metric.pk: pairs}, now=LATER)


def hours(metric: CustomMetric) -> list[tuple[int, int, float, float, float]]:
    rows = HourOfPoints.objects.filter(metric=metric).order_by("hour")
    return [(one.hour - START, one.n, one.total, one.low, one.high) for one in rows]


def test_hours_that_are_over_are_summed_up_and_the_present_one_waits(errors: CustomMetric) -> None:
    feed(errors, {0: 1, 60: 5, HOUR_S: 7, 2 * HOUR_S: 9})
    assert sum_up(at(125)) == 2
    assert hours(errors) == [(0, 2, 6.0, 1.0, 5.0), (HOUR_S, 1, 7.0, 7.0, 7.0)]
    assert [one.hour for one in StaleHour.objects.all()] == [START + 2 * HOUR_S]


def test_a_point_that_comes_late_counts_at_once_and_is_summed_up_again(
    errors: CustomMetric,
) -> None:
    feed(errors, {0: 1})
    sum_up(LATER)
    feed(errors, {0: 3, 60: 5})
    told = series(errors, start=START, end=START + HOUR_S, step=HOUR_S)
    assert (told, hours(errors)) == ([(START, 4.0)], [(0, 1, 1.0, 1.0, 1.0)])
    assert sum_up(LATER) == 1
    assert hours(errors) == [(0, 2, 8.0, 3.0, 5.0)]
    assert sum_up(LATER) == 0


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_batches_leave_no_hour_behind(
    errors: CustomMetric, signups: CustomMetric, batch: int
) -> None:
    for metric in (errors, signups):
        feed(metric, {place * HOUR_S: place for place in range(3)})
    assert sum_up(LATER, batch=batch) == 6
    assert len(hours(errors)) == len(hours(signups)) == 3
    assert StaleHour.objects.count() == 0


@pytest.mark.parametrize("is_summed_up", [False, True])
@pytest.mark.parametrize(
    ("rollup", "day"),
    [
        (Rollup.MEAN, 10 / 4),
        (Rollup.ROUNDED_MEAN, 2.0),
        (Rollup.SUM, 10.0),
        (Rollup.MINIMUM, -1.0),
        (Rollup.MAXIMUM, 8.0),
    ],
)
def test_a_day_weighs_points_and_not_hours(
    page: Page, rollup: str, day: float, is_summed_up: bool
) -> None:
    metric = make_custom_metric(page, rollup=rollup)
    feed(metric, {0: 1, 60: 2, 120: 8, HOUR_S: -1})
    if is_summed_up:
        sum_up(LATER)
    midnight = START - START % DAY_S
    found = series(metric, start=midnight, end=midnight + DAY_S, step=DAY_S)
    assert found == [(midnight, day)]


@pytest.mark.parametrize("is_summed_up", [False, True])
def test_edges_take_part_as_far_as_they_reach_in(errors: CustomMetric, is_summed_up: bool) -> None:
    feed(errors, {minute * 60: 1 for minute in range(180)})
    if is_summed_up:
        sum_up(LATER)

    def counted(start: int, end: int) -> list[tuple[int, int]]:
        found = buckets_of([errors.pk], start=START + start, end=START + end, step=HOUR_S)
        return [(one.start - START, one.n) for one in found.get(errors.pk, ())]

    assert counted(0, 3 * HOUR_S) == [(0, 60), (HOUR_S, 60), (2 * HOUR_S, 60)]
    assert counted(1800, 2 * HOUR_S + 600) == [(0, 30), (HOUR_S, 60), (2 * HOUR_S, 10)]
    assert counted(600, 1200) == [(0, 10)]
    assert counted(1800, HOUR_S) == [(0, 30)]
    assert counted(HOUR_S, HOUR_S + 60) == [(HOUR_S, 1)]
    assert counted(-HOUR_S, 0) == counted(60, 60) == counted(3 * HOUR_S, 4 * HOUR_S) == []


def test_steps_without_points_are_gaps(errors: CustomMetric) -> None:
    feed(errors, {0: 1, 5 * HOUR_S: 2})
    sum_up(LATER)
    found = series(errors, start=START, end=START + 6 * HOUR_S, step=HOUR_S)
    assert found == [(START, 1.0), (START + 5 * HOUR_S, 2.0)]


def test_many_metrics_are_read_with_one_query(page: Page, query_count: QueryCount) -> None:
    fed = make_custom_metric(page, rollup=Rollup.SUM)
    mean, never = make_custom_metric(page), make_custom_metric(page)
    feed(fed, {0: 1, 60: 2, HOUR_S: 3})
    feed(mean, {0: 1, 60: 2})
    with query_count() as counted:
        found = series_of([fed, mean, never], start=START, end=START + DAY_S, step=HOUR_S)
    assert found == {
        fed.pk: [(START, 3.0), (START + HOUR_S, 3.0)],
        mean.pk: [(START, 1.5)],
        never.pk: [],
    }
    assert len(counted) == 1


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.dictionaries(st.integers(0, 300), st.integers(-9, 9), max_size=20),
    late=st.dictionaries(st.integers(0, 300), st.integers(-9, 9), max_size=5),
    start=st.integers(0, 300),
    length=st.integers(1, 300),
    step=st.sampled_from([60, 600, HOUR_S, 6 * HOUR_S]),
)
def test_any_stretch_says_what_its_points_say(
    page: Page,
    first: dict[int, int],
    late: dict[int, int],
    start: int,
    length: int,
    step: int,
) -> None:
    metric = make_custom_metric(page)
    feed(metric, {minute * 60: value for minute, value in first.items()})
    sum_up(LATER)
    feed(metric, {minute * 60: value for minute, value in late.items()})
    wanted: dict[int, list[int]] = {}
    for minute, value in sorted((first | late).items()):
        at_s = START + minute * 60
        if start <= minute < start + length:
            wanted.setdefault(at_s - at_s % step, []).append(value)
    found = buckets_of(
        [metric.pk], start=START + start * 60, end=START + (start + length) * 60, step=step
    )
    assert found.get(metric.pk, []) == [
        Bucket(at_s, len(some), sum(some), min(some), max(some)) for at_s, some in wanted.items()
    ]
