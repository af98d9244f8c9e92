import pytest

from factories.metrics import make_custom_metric
from factories.moments import at
from fixtures.queries import QueryCount
from pingpong.custom_metrics.intake import store_points
from pingpong.custom_metrics.models import CustomMetric, Rollup
from pingpong.custom_metrics.series import Newest, newest, series
from pingpong.pages.models import Page

HOUR_S = 3600
START = int(at(0).timestamp()) - int(at(0).timestamp()) % HOUR_S


def feed(metric: CustomMetric, *values: float, start: int = START) -> None:
    points = [(start + place * 60, value) for place, value in enumerate(values)]
    store_points(metric.page_id, {metric.pk: points}, now=at(0))


@pytest.mark.parametrize(
    ("rollup", "value"),
    [
        (Rollup.MEAN, 2.5),
        (Rollup.ROUNDED_MEAN, 2.0),
        (Rollup.SUM, 10.0),
        (Rollup.MINIMUM, 1.0),
        (Rollup.MAXIMUM, 4.0),
    ],
)
def test_a_step_is_rolled_up_as_the_metric_says(page: Page, rollup: str, value: float) -> None:
    metric = make_custom_metric(page, rollup=rollup)
    feed(metric, 1, 2, 3, 4)
    found = series(metric, start=START, end=START + HOUR_S, step=HOUR_S)
    assert found == [(START, value)]


def test_steps_stand_on_multiples_and_empty_ones_are_left_out(page: Page) -> None:
    metric = make_custom_metric(page)
    feed(metric, 1, start=START - 60)
    feed(metric, 2, 4)
    feed(metric, 8, start=START + 1200)
    found = series(metric, start=START, end=START + HOUR_S, step=300)
    assert found == [(START, 3.0), (START + 1200, 8.0)]


def test_other_metrics_stay_out(page: Page) -> None:
    metric, other = make_custom_metric(page), make_custom_metric(page)
    feed(other, 1, 2, 3)
    assert series(metric, start=START, end=START + HOUR_S, step=60) == []


def test_the_newest_value_of_each_is_read_with_two_queries(
    page: Page, query_count: QueryCount
) -> None:
    fed, again, never = (make_custom_metric(page) for _ in range(3))
    feed(fed, 1, 2, 3)
    feed(again, 9)
    with query_count() as counted:
        found = newest([fed.pk, again.pk, never.pk])
    assert found == {fed.pk: Newest(START + 120, 3.0), again.pk: Newest(START, 9.0)}
    assert len(counted) == 2
