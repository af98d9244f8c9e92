"""Data points: operation 30 of the contract."""

from datetime import timedelta
from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.errors import PayloadTooLargeError
from pingpong.api.fields import quoted
from pingpong.api.references import missing
from pingpong.api.schema import IDEMPOTENCY_KEY, documented
from pingpong.api.views import ProjectView
from pingpong.custom_metrics.intake import UnknownMetricError, store_points
from pingpong.kit.ids import is_readable_id

MAX_POINTS = 10_000
MAX_AHEAD = timedelta(hours=24)
# Far beyond any measure, and exact in a double's exponent.
MAX_VALUE = 10**18

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


def checked_points(body: Any, *, latest: int) -> dict[str, list[tuple[int, float]]]:
    """Check the whole body before anything is written; return (timestamp, value) by metric id."""
    if not isinstance(body, dict):
        told = f"Invalid data. Expected a dictionary, but got {type(body).__name__}."
        raise ValidationError({"non_field_errors": ["No data provided" if body is None else told]})
    data = body.get("data")
    if data is None:
        told = "This field may not be null." if "data" in body else "This field is required."
        raise ValidationError({"data": [told]})
    if not isinstance(data, dict):
        kind = type(data).__name__
        raise ValidationError({"data": [f'Expected a dictionary of items but got type "{kind}".']})
    _check_size(data)
    return {
        _checked_id(metric_id): [_checked_point(point, latest) for point in points]
        for metric_id, points in data.items()
    }


def _check_size(data: dict[str, Any]) -> None:
    total = 0
    for points in data.values():
        if not isinstance(points, list):
            kind = type(points).__name__
            raise ValidationError({"data": [f'Expected a list of items but got type "{kind}".']})
        total += len(points)
    if total > MAX_POINTS or len(data) > MAX_POINTS:
        raise PayloadTooLargeError(f"A request takes up to {MAX_POINTS} data points.")


def _checked_id(metric_id: str) -> str:
    if not is_readable_id(metric_id):
        raise ValidationError({"data": [missing(metric_id)]})
    return metric_id


def _checked_point(point: Any, latest: int) -> tuple[int, float]:
    if not isinstance(point, dict):
        kind = type(point).__name__
        raise ValidationError({"data": [f"Expected a data point, but got {kind}."]})
    for name in ("timestamp", "value"):
        if name not in point:
            raise ValidationError({"data": [{name: ["This field is required."]}]})
    timestamp, value = point["timestamp"], point["value"]
    if not isinstance(timestamp, int) or isinstance(timestamp, bool):
        raise ValidationError({"data": [{"timestamp": ["A valid integer is required."]}]})
    if not 0 <= timestamp <= latest:
        told = "Give seconds since 1970, at most 24 hours ahead."
        raise ValidationError({"data": [{"timestamp": [told]}]})
    return timestamp, _checked_value(value)


def _checked_value(value: Any) -> float:
    """Return an integer as an integer, so that it is answered as it came."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        told = f"A valid number is required, not {quoted(value)}."
        raise ValidationError({"data": [{"value": [told]}]})
    # Infinity is too large, and so is an integer that no float could hold.
    if abs(value) > MAX_VALUE:
        told = f"Give a number from -{MAX_VALUE} to {MAX_VALUE}."
        raise ValidationError({"data": [{"value": [told]}]})
    return int(float(value)) if isinstance(value, int) else value
