import pytest

from factories.moments import at
from pingpong.custom_metrics.intake import KEPT_FOR, forget_old
from pingpong.custom_metrics.models import CustomMetric, DataPoint

NOW_S = int(at(0).timestamp())
OLDEST_S = NOW_S - int(KEPT_FOR.total_seconds())


def put(metric: CustomMetric, *minutes: int) -> None:
    DataPoint.objects.bulk_create(
        DataPoint(metric=metric, minute=minute, value=1) for minute in minutes
    )


def left(metric: CustomMetric) -> list[int]:
    return sorted(DataPoint.objects.filter(metric=metric).values_list("minute", flat=True))


def test_what_is_older_than_thirty_days_goes(errors: CustomMetric) -> None:
    put(errors, 0, OLDEST_S - 3600, OLDEST_S - 120, OLDEST_S, NOW_S)
    assert forget_old(at(0)) == 3
    assert left(errors) == [OLDEST_S, NOW_S]


def test_a_minute_that_still_could_be_written_stays(errors: CustomMetric) -> None:
    put(errors, OLDEST_S - 60)
    assert forget_old(at(0)) == 0
    assert left(errors) == [OLDEST_S - 60]


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
