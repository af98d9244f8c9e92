import math
import threading

import pytest
from django.db import connection

from factories.metrics import make_custom_metric
from factories.moments import at
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.custom_metrics.intake import UnknownMetricError, store_points
from pingpong.custom_metrics.models import CustomMetric, DataPoint
from pingpong.pages.models import Page

NOW_S = int(at(0).timestamp())


def points_of(metric: CustomMetric) -> dict[int, float]:
    return dict(DataPoint.objects.filter(metric=metric).values_list("minute", "value"))


def test_points_are_stored_and_told_by_minute(page: Page, errors: CustomMetric) -> None:
    stored = store_points(page.pk, {errors.pk: [(NOW_S + 35, 11.6), (NOW_S + 75, 12.1)]}, now=at(0))
    assert stored == {errors.pk: {NOW_S: 11.6, NOW_S + 60: 12.1}}
    assert points_of(errors) == stored[errors.pk]


def test_a_minute_that_exists_is_updated(page: Page, errors: CustomMetric) -> None:
    store_points(page.pk, {errors.pk: [(NOW_S, 1), (NOW_S + 60, 2)]}, now=at(0))
    store_points(page.pk, {errors.pk: [(NOW_S + 30, 9)]}, now=at(0))
    assert points_of(errors) == {NOW_S: 9.0, NOW_S + 60: 2.0}


def test_several_metrics_keep_apart(
    page: Page, errors: CustomMetric, signups: CustomMetric
) -> None:
    store_points(page.pk, {errors.pk: [(NOW_S, 1)], signups.pk: [(NOW_S, 2)]}, now=at(0))
    assert (points_of(errors), points_of(signups)) == ({NOW_S: 1.0}, {NOW_S: 2.0})


def test_nothing_to_store_is_nothing_stored(page: Page, errors: CustomMetric) -> None:
    assert store_points(page.pk, {}, now=at(0)) == {}
    assert store_points(page.pk, {errors.pk: []}, now=at(0)) == {errors.pk: {}}
    assert store_points(page.pk, {errors.pk: [(5, 1)]}, now=at(0)) == {errors.pk: {}}
    assert DataPoint.objects.count() == 0


@pytest.mark.parametrize("value", [0.0, -1.5, 1e18, -1e18, 5e-324, 2**53, math.pi])
def test_a_number_comes_back_as_it_was(page: Page, errors: CustomMetric, value: float) -> None:
    store_points(page.pk, {errors.pk: [(NOW_S, value)]}, now=at(0))
    assert points_of(errors) == {NOW_S: float(value)}


@pytest.mark.parametrize("foreign", [False, True])
def test_one_unknown_id_refuses_all(page: Page, errors: CustomMetric, foreign: bool) -> None:
    other = make_custom_metric(make_page(slug="other"), now=at(0)).pk if foreign else "unknown"
    with pytest.raises(UnknownMetricError) as caught:
        store_points(page.pk, {errors.pk: [(NOW_S, 1)], other: [(NOW_S, 2)]}, now=at(0))
    assert (caught.value.metric_ids, DataPoint.objects.count()) == ([other], 0)


def test_ten_thousand_points_ask_as_often_as_one(
    page: Page, errors: CustomMetric, query_count: QueryCount
) -> None:
    asked = []
    for count in (1, 10_000):
        with query_count() as counted:
            store_points(
                page.pk, {errors.pk: [(NOW_S - 60 * n, n) for n in range(count)]}, now=at(0)
            )
        asked.append(len(counted))
    assert asked[0] == asked[1]
    assert len(points_of(errors)) == 10_000


@pytest.mark.django_db(transaction=True)
def test_two_writers_in_opposite_order_do_not_lock_each_other_out() -> None:
    page = make_page(now=at(0))
    metric = make_custom_metric(page, now=at(0))
    forth = [(NOW_S + 60 * n, 1.0) for n in range(2_000)]
    together = threading.Barrier(2)
    problems: list[Exception] = []

    def write(points: list[tuple[int, float]]) -> None:
        try:
            for _ in range(5):
                together.wait()
                store_points(page.pk, {metric.pk: points}, now=at(0))
        except Exception as problem:  # noqa: BLE001 -- told by the test below
            problems.append(problem)
            together.abort()
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=[some]) for some in (forth, forth[::-1])]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert problems == []
    assert len(points_of(metric)) == 2_000
