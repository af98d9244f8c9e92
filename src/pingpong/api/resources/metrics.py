"""Metrics (monitors): operations 26 to 29 of the contract, and pausing."""

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.answers import MetricAnswer
from pingpong.api.metric_forms import MetricIn
from pingpong.api.schema import IDEMPOTENCY_KEY, LIMIT, OFFSET, documented
from pingpong.api.shapes import metric_json
from pingpong.api.views import ProjectView
from pingpong.monitors import lifecycle, queries
from pingpong.monitors.models import Monitor

TAG = "Metrics"


class _MetricsView(ProjectView):
    written_by = "builders"

    def rows(self) -> QuerySet[Monitor]:
        return queries.full(self.page.pk)

    def reloaded(self, monitor: Monitor, *, status: int = 200) -> Response:
        return self.shaped(self.find(self.rows(), monitor.pk), metric_json, status=status)


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
        return self.reloaded(monitor, status=201)


class MetricView(_MetricsView):
    @documented("Get a metric", tag=TAG, answer=MetricAnswer)
    def get(self, request: Request, id: str) -> Response:
        return self.shaped(self.find(self.rows(), id), metric_json)

    @documented("Update a metric", tag=TAG, body=MetricIn(partial=True), answer=MetricAnswer)
    def put(self, request: Request, id: str) -> Response:
        monitor = self.find(self.rows(), id)
        changes = self.valid(MetricIn, changing=monitor)
        lifecycle.change_monitor(monitor, changes, by=self.by, now=self.now)
        return self.reloaded(monitor)

    patch = put

    @documented("Delete a metric", tag=TAG, answer=None, status=204)
    def delete(self, request: Request, id: str) -> Response:
        lifecycle.delete_monitor(self.find(self.rows(), id), by=self.by, now=self.now)
        return Response(status=204)


class PauseView(_MetricsView):
    @documented(
        "Pause a metric",
        tag=TAG,
        answer=MetricAnswer,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request, id: str) -> Response:
        return self.once(lambda: self._pause(id))

    def _pause(self, metric_id: str) -> Response:
        monitor = self.find(self.rows(), metric_id)
        return self.reloaded(lifecycle.pause_monitor(monitor, by=self.by, now=self.now))


class ResumeView(_MetricsView):
    @documented(
        "Resume a metric",
        tag=TAG,
        answer=MetricAnswer,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request, id: str) -> Response:
        return self.once(lambda: self._resume(id))

    def _resume(self, metric_id: str) -> Response:
        monitor = self.find(self.rows(), metric_id)
        return self.reloaded(lifecycle.resume_monitor(monitor, by=self.by, now=self.now))
