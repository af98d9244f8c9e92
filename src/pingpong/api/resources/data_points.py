"""Data points: operation 30 of the contract."""

from datetime import timedelta

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.point_forms import MAX_VALUE, PointsParser, PointsRenderer, checked_points
from pingpong.api.references import missing
from pingpong.api.schema import IDEMPOTENCY_KEY, documented
from pingpong.api.views import ProjectView
from pingpong.custom_metrics.intake import UnknownMetricError, store_points

MAX_AHEAD = timedelta(hours=24)

_POINTS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "timestamp": {"type": "integer", "minimum": 0},
            "value": {"type": "number", "minimum": -MAX_VALUE, "maximum": MAX_VALUE},
        },
        "required": ["timestamp", "value"],
    },
}
_BY_METRIC = {"type": "object", "additionalProperties": _POINTS}
_BODY = {"type": "object", "properties": {"data": _BY_METRIC}, "required": ["data"]}


class DataPointsView(ProjectView):
    written_by = "responders"
    parser_classes = (PointsParser,)
    renderer_classes = (PointsRenderer,)

    @documented(
        "Add data points",
        tag="Custom metrics",
        body={"application/json": _BODY},
        answer=_BY_METRIC,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        return self.once(self._store)

    @documented(
        "Put data points", tag="Custom metrics", body={"application/json": _BODY}, answer=_BY_METRIC
    )
    def put(self, request: Request) -> Response:
        return self._store()

    def _store(self) -> Response:
        latest = int((self.now + MAX_AHEAD).timestamp())
        points = checked_points(self.request.data, latest=latest)
        try:
            stored = store_points(self.page.pk, points, now=self.now)
        except UnknownMetricError as problem:
            unknown = [missing(metric_id) for metric_id in problem.metric_ids[:10]]
            raise ValidationError({"data": unknown}) from problem
        return Response(
            {
                metric_id: [
                    {"timestamp": minute, "value": value}
                    for minute, value in sorted(minutes.items())
                ]
                for metric_id, minutes in stored.items()
            }
        )
