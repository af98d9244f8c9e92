"""Metrics (URL monitors): operations 26 to 29 of the contract."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.answers import MetricAnswer
from pingpong.api.fields import Instant, Line, WebAddress, Word
from pingpong.api.references import ComponentReference
from pingpong.api.schema import IDEMPOTENCY_KEY, LIMIT, OFFSET, documented
from pingpong.api.shapes import metric_json
from pingpong.api.views import ProjectView
from pingpong.monitors import lifecycle
from pingpong.monitors.models import (
    DESCRIPTION_LENGTH,
    NAME_LENGTH,
    URL_LENGTH,
    Frequency,
    Location,
    Monitor,
    Showcase,
)

TAG = "Metrics"


@extend_schema_field({"oneOf": [{"type": "string", "enum": Showcase.values}, {"type": "boolean"}]})
class ShowcaseWord(Word):
    """One of four words; true and false mean the widest and the narrowest (A38)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Showcase.values, **options)

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, bool):
            return (Showcase.UPTIME_AND_RESPONSE_TIME if data else Showcase.NOTHING).value
        return super().to_internal_value(data)


class NotInFuture(Instant):
    default_error_messages = {"future": "This must not be in the future."}

    def to_internal_value(self, value: Any) -> Any:
        at = super().to_internal_value(value)
        if at > self.context["now"]:
            self.fail("future")
        return at


class MetricIn(serializers.Serializer[Any]):
    name = Line(max_length=NAME_LENGTH)
    description = Line(
        required=False, allow_null=True, allow_blank=True, max_length=DESCRIPTION_LENGTH
    )
    created_at = NotInFuture(required=False)
    component = ComponentReference(required=False, allow_null=True)
    url = WebAddress(required=False, allow_null=True, allow_blank=True, max_length=URL_LENGTH)
    frequency = Word(Frequency.values, aliases={"1 minute": "minute"}, required=False)
    location = Word(Location.values, required=False)
    showcased = ShowcaseWord(required=False)


class _MetricsView(ProjectView):
    written_by = "builders"

    def rows(self) -> QuerySet[Monitor]:
        return Monitor.objects.filter(page=self.page).select_related("component__group")


class MetricListView(_MetricsView):
    @documented(
        "List all metrics", tag=TAG, answer=MetricAnswer(many=True), parameters=[LIMIT, OFFSET]
    )
    def get(self, request: Request) -> Response:
        return self.listed(self.rows(), metric_json)

    @documented(
        "Create a metric",
        tag=TAG,
        body=MetricIn,
        answer=MetricAnswer,
        status=201,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        return self.once(self._create)

    def _create(self) -> Response:
        valid = self.valid(MetricIn)
        monitor = lifecycle.create_monitor(self.page, **valid, by=self.by, now=self.now)
        return self.shaped(monitor, metric_json, status=201)


class MetricView(_MetricsView):
    @documented("Get a metric", tag=TAG, answer=MetricAnswer)
    def get(self, request: Request, id: str) -> Response:
        return self.shaped(self.find(self.rows(), id), metric_json)

    @documented("Update a metric", tag=TAG, body=MetricIn(partial=True), answer=MetricAnswer)
    def put(self, request: Request, id: str) -> Response:
        monitor = self.find(self.rows(), id)
        changes = self.valid(MetricIn, changing=monitor)
        lifecycle.change_monitor(monitor, changes, by=self.by, now=self.now)
        return self.shaped(monitor, metric_json)

    patch = put

    @documented("Delete a metric", tag=TAG, answer=None, status=204)
    def delete(self, request: Request, id: str) -> Response:
        lifecycle.delete_monitor(self.find(self.rows(), id), by=self.by, now=self.now)
        return Response(status=204)
