import pytest

from factories.moments import at
from pingpong.custom_metrics.hours import sum_up
from pingpong.custom_metrics.intake import KEPT_FOR, forget_old, store_points
from pingpong.custom_metrics.models import CustomMetric, DataPoint, HourOfPoints
from pingpong.custom_metrics.retention import HOURS_KEPT_FOR
from pingpong.custom_metrics.series import series

NOW_S = int(at(0).timestamp())
# The story begins at a full hour: the hour before is kept for requests that came just before.
OLDEST_S = NOW_S - int(KEPT_FOR.total_seconds()) - 3600


def put(metric: CustomMetric, *minutes: int) -> None:
    DataPoint.objects.bulk_create(
        DataPoint(metric=metric, minute=minute, value=1) for minute in minutes
    )


def left(metric: CustomMetric) -> list[int]:
    return sorted(DataPoint.objects.filter(metric=metric).values_list("minute", flat=True))


def test_what_is_older_than_thirty_days_goes(errors: CustomMetric) -> None:
    put(errors, 0, OLDEST_S - 3600, OLDEST_S - 60, OLDEST_S, NOW_S)
    assert forget_old(at(0)) == 3
    assert left(errors) == [OLDEST_S, NOW_S]


def test_an_hour_with_a_minute_that_still_could_be_written_stays(errors: CustomMetric) -> None:
    put(errors, OLDEST_S)
    assert forget_old(at(0)) == 0
    assert left(errors) == [OLDEST_S]
    assert forget_old(at(1)) == 1


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_batches_leave_nothing_behind(
    errors: CustomMetric, signups: CustomMetric, batch: int
) -> None:
    old = [OLDEST_S - 600 - 60 * n for n in range(5)]
    put(errors, *old, NOW_S)
    put(signups, *old[:3], NOW_S)
    assert forget_old(at(0), batch=batch) == 8
    assert (left(errors), left(signups)) == ([NOW_S], [NOW_S])


def test_nothing_old_is_nothing_gone(errors: CustomMetric) -> None:
    assert forget_old(at(0)) == 0


def test_hours_outlive_their_points_by_a_year(errors: CustomMetric) -> None:
    store_points(errors.page_id, {errors.pk: [(NOW_S, 2), (NOW_S + 60, 4)]}, now=at(0))
    later = at(0) + KEPT_FOR + KEPT_FOR
    assert forget_old(later) == 2
    assert series(errors, start=NOW_S, end=NOW_S + 3600, step=3600) == [(NOW_S, 3.0)]
    assert forget_old(at(0) + HOURS_KEPT_FOR) == 0
    assert forget_old(at(1) + HOURS_KEPT_FOR) == 1
    assert series(errors, start=NOW_S, end=NOW_S + 3600, step=3600) == []


def test_an_hour_that_is_cut_by_age_is_not_summed_up_from_its_rest(errors: CustomMetric) -> None:
    store_points(errors.page_id, {errors.pk: [(NOW_S, 2), (NOW_S + 3540, 4)]}, now=at(60))
    sum_up(at(120))
    edge = at(30) + KEPT_FOR
    forget_old(edge)
    store_points(errors.page_id, {errors.pk: [(NOW_S + 3480, 9)]}, now=edge)
    forget_old(edge)
    assert HourOfPoints.objects.values_list("n", "total").get() == (3, 15.0)
