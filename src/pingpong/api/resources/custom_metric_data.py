"""The numbers of a custom metric over a stretch of time."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.answers import Answer, Instant
from pingpong.api.metric_shapes import iso_of_second
from pingpong.api.schema import documented
from pingpong.api.views import ProjectView
from pingpong.custom_metrics.models import CustomMetric, Rollup
from pingpong.custom_metrics.series import Bucket, buckets_of
from pingpong.kit.clock import iso_z

from .custom_metrics import TAG
from .metric_history import FROM, STEP, STEPS_S, TO, Window, window_of

HOUR_S = 3600


class BucketAnswer(Answer):
    at = Instant(help_text="Where the point begins.")
    value = serializers.FloatField(help_text="All values, rolled up as the metric says.")
    n = serializers.IntegerField(help_text="How many minutes have a value.")
    sum = serializers.FloatField()
    min = serializers.FloatField()
    max = serializers.FloatField()


class DataAnswer(Answer):
    to = Instant()
    step = serializers.ChoiceField(list(STEPS_S))
    rollup = serializers.ChoiceField(Rollup.values)
    points = BucketAnswer(many=True)

    def get_fields(self) -> dict[str, Any]:
        # No attribute of Python can have this name.
        return {"from": Instant(), **super().get_fields()}


class CustomMetricDataView(ProjectView):
    written_by = "responders"

    @documented(
        "Get the data of a custom metric", tag=TAG, answer=DataAnswer, parameters=[FROM, TO, STEP]
    )
    def get(self, request: Request, id: str) -> Response:
        metric = self.find(CustomMetric.objects.filter(page=self.page), id)
        window = _from_whole_hours(window_of(request, now=self.now))
        found = buckets_of(
            [metric.pk],
            start=int(window.start.timestamp()),
            end=int(window.end.timestamp()),
            step=STEPS_S[window.step],
        )
        return Response(
            {
                "from": iso_z(window.start),
                "to": iso_z(window.end),
                "step": window.step,
                "rollup": metric.rollup,
                "points": [_point(one, metric.rollup) for one in found.get(metric.pk, ())],
            }
        )


def _from_whole_hours(window: Window) -> Window:
    """Begin long steps at a full hour: of what is older than 30 days only whole hours are known."""
    if STEPS_S[window.step] < HOUR_S:
        return window
    second = int(window.start.timestamp())
    start = datetime.fromtimestamp(second - second % HOUR_S, tz=window.start.tzinfo)
    return replace(window, start=start)


def _point(one: Bucket, rollup: str) -> dict[str, Any]:
    return {
        "at": iso_of_second(one.start),
        "value": one.rolled_up(rollup),
        "n": one.n,
        "sum": one.total,
        "min": one.low,
        "max": one.high,
    }
