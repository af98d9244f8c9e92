"""Custom metrics: operations 31 to 34 of the contract."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.answers import CustomMetricAnswer
from pingpong.api.fields import Flag, Line, Word
from pingpong.api.metric_forms import NotInFuture
from pingpong.api.references import ComponentReference
from pingpong.api.schema import IDEMPOTENCY_KEY, LIMIT, OFFSET, documented
from pingpong.api.shapes import custom_metric_json
from pingpong.api.views import ProjectView
from pingpong.custom_metrics import lifecycle
from pingpong.custom_metrics.models import (
    DESCRIPTION_LENGTH,
    NAME_LENGTH,
    SUFFIX_LENGTH,
    CustomMetric,
    Rollup,
)

TAG = "Custom metrics"
# Contract A1.
ALIASES = {
    "mean": Rollup.MEAN.value,
    "avg": Rollup.MEAN.value,
    "average": Rollup.MEAN.value,
    "sum": Rollup.SUM.value,
    "min": Rollup.MINIMUM.value,
    "minimum": Rollup.MINIMUM.value,
    "max": Rollup.MAXIMUM.value,
    "maximum": Rollup.MAXIMUM.value,
}


class CustomMetricIn(serializers.Serializer[Any]):
    name = Line(max_length=NAME_LENGTH)
    description = Line(
        required=False, allow_null=True, allow_blank=True, max_length=DESCRIPTION_LENGTH
    )
    created_at = NotInFuture(required=False)
    component = ComponentReference(required=False, allow_null=True)
    suffix = Line(required=False, allow_blank=True, max_length=SUFFIX_LENGTH)
    rollup = Word(Rollup.values, aliases=ALIASES, required=False)
    showcased = Flag(required=False)


class _CustomMetricsView(ProjectView):
    written_by = "builders"

    def rows(self) -> QuerySet[CustomMetric]:
        return CustomMetric.objects.filter(page=self.page).select_related("component__group")


class CustomMetricListView(_CustomMetricsView):
    @documented(
        "List all custom metrics",
        tag=TAG,
        answer=CustomMetricAnswer(many=True),
        parameters=[LIMIT, OFFSET],
    )
    def get(self, request: Request) -> Response:
        return self.listed(self.rows(), custom_metric_json)

    @documented(
        "Create a custom metric",
        tag=TAG,
        body=CustomMetricIn,
        answer=CustomMetricAnswer,
        status=201,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        return self.once(self._create)

    def _create(self) -> Response:
        valid = self.valid(CustomMetricIn)
        metric = lifecycle.create_custom_metric(self.page, **valid, by=self.by, now=self.now)
        return self.shaped(metric, custom_metric_json, status=201)


class CustomMetricView(_CustomMetricsView):
    @documented("Get a custom metric", tag=TAG, answer=CustomMetricAnswer)
    def get(self, request: Request, id: str) -> Response:
        return self.shaped(self.find(self.rows(), id), custom_metric_json)

    @documented(
        "Update a custom metric",
        tag=TAG,
        body=CustomMetricIn(partial=True),
        answer=CustomMetricAnswer,
    )
    def put(self, request: Request, id: str) -> Response:
        metric = self.find(self.rows(), id)
        changes = self.valid(CustomMetricIn, changing=metric)
        lifecycle.change_custom_metric(metric, changes, by=self.by, now=self.now)
        return self.shaped(metric, custom_metric_json)

    patch = put

    @documented("Delete a custom metric", tag=TAG, answer=None, status=204)
    def delete(self, request: Request, id: str) -> Response:
        lifecycle.delete_custom_metric(self.find(self.rows(), id), by=self.by, now=self.now)
        return Response(status=204)
