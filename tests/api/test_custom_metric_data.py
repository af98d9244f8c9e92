"""What a custom metric was fed, over a stretch of time."""

from datetime import timedelta

import pytest

from api.bodies import seconds
from factories.metrics import make_custom_metric
from fixtures.cast import Belongings, Member
from pingpong.custom_metrics.hours import sum_up
from pingpong.custom_metrics.models import Rollup
from pingpong.kit.clock import iso_z, utc_now

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("is_summed_up", [False, True])
def test_a_point_tells_all_of_its_step_and_what_stands_for_it(
    owner: Member, is_summed_up: bool
) -> None:
    metric = make_custom_metric(owner.page, rollup=Rollup.ROUNDED_MEAN)
    hour = utc_now().replace(minute=0, second=0, microsecond=0) - 3 * HOUR
    points = [
        {"timestamp": seconds(hour) + 60 * n, "value": value} for n, value in enumerate([1, 2, 4.5])
    ]
    owner.post("/custom-metrics/data", {"data": {metric.pk: points}})
    if is_summed_up:
        sum_up(utc_now())
    asked = {"from": iso_z(hour - HOUR), "to": iso_z(hour + 2 * HOUR), "step": "hour"}
    answer = owner.get(f"/custom-metrics/{metric.pk}/data", **asked)
    point = {"at": iso_z(hour), "value": 2.0, "n": 3, "sum": 7.5, "min": 1.0, "max": 4.5}
    assert (answer.status, answer.body) == (
        200,
        {**asked, "rollup": "Mean value (rounded)", "points": [point]},
    )


def test_without_words_it_is_the_last_day(owner: Member, ours: Belongings) -> None:
    answer = owner.get(f"/custom-metrics/{ours.custom_metric.pk}/data")
    assert (answer.body["step"], answer.body["points"]) == ("5 minutes", [])


def test_long_steps_begin_at_a_full_hour(owner: Member, ours: Belongings) -> None:
    start = utc_now().replace(minute=10, second=0, microsecond=0) - 5 * HOUR
    path = f"/custom-metrics/{ours.custom_metric.pk}/data"
    for step, told in (("hour", start.replace(minute=0)), ("minute", start)):
        answer = owner.get(path, **{"from": iso_z(start), "step": step})
        assert answer.body["from"] == iso_z(told)


@pytest.mark.parametrize("query", ["step=week", "from=x", "from=2050-01-01T00:00:00Z"])
def test_what_cannot_be_asked_is_refused(owner: Member, ours: Belongings, query: str) -> None:
    answer = owner.get(f"/custom-metrics/{ours.custom_metric.pk}/data?{query}")
    assert (answer.status, list(answer.body)) == (400, [query.partition("=")[0]])
