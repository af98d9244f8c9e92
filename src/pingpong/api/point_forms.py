"""Bodies of data points: the right ones in one pass, and of wrong ones what is wrong where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Annotated, Any

import msgspec
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer

from pingpong.kit.ids import is_readable_id

from .errors import PayloadTooLargeError
from .fields import quoted
from .idempotency import HEADER
from .parsers import StrictJSONParser, bounded, loads
from .references import missing

MAX_POINTS = 10_000
# Far beyond any measure, and exact in a double's exponent.
MAX_VALUE = 10**18
# What is beyond is rounded, and told as it is stored.
_MAX_EXACT = 2**53

Points = dict[str, list[tuple[int, float]]]
"""(timestamp, value) by metric id."""


class _Point(msgspec.Struct, gc=False):
    timestamp: Annotated[int, msgspec.Meta(ge=0)]
    value: (
        Annotated[int, msgspec.Meta(ge=-_MAX_EXACT, le=_MAX_EXACT)]
        | Annotated[float, msgspec.Meta(ge=-MAX_VALUE, le=MAX_VALUE)]
    )


class _Body(msgspec.Struct):
    data: dict[str, list[_Point]]


_decode = msgspec.json.Decoder(_Body).decode


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body whose every point has the right types."""

    points: dict[str, list[_Point]]

    def plain(self) -> dict[str, Any]:
        return {"data": msgspec.to_builtins(self.points)}


class PointsParser(StrictJSONParser):
    """Decodes and checks in one pass; whatever does not pass is read again, to be explained."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002 -- DRF's signature
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = bounded(stream)
        # What is compared with an earlier request must be plain.
        if HEADER not in (parser_context or {})["request"].headers:
            try:
                return Decoded(_decode(body).data)
            except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
                pass
        return loads(body)


class PointsRenderer(JSONRenderer):
    """Writes ten thousand points in a millisecond or two."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> Any:
        response = (renderer_context or {}).get("response")
        if response is not None and response.status_code == 200:  # noqa: PLR2004 -- errors are DRF's
            return msgspec.json.encode(data)
        return super().render(data, accepted_media_type, renderer_context)


def checked_points(body: Any, *, latest: int) -> Points:
    """Check the whole body before anything is written; raises ValidationError.

    The problem of a point stands under the metric's id and the point's place in its list.
    """
    if isinstance(body, Decoded):
        points = _right_points(body.points, latest)
        return points if points is not None else _explained(body.plain(), latest)
    return _explained(body, latest)


def _right_points(by_metric: dict[str, list[_Point]], latest: int) -> Points | None:
    if sum(map(len, by_metric.values())) > MAX_POINTS or not all(map(is_readable_id, by_metric)):
        return None
    found = {
        metric_id: [(one.timestamp, one.value) for one in points]
        for metric_id, points in by_metric.items()
    }
    newest = max((max(points)[0] for points in found.values() if points), default=0)
    return found if newest <= latest else None


def _explained(body: Any, latest: int) -> Points:
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
    for metric_id in data:
        if not is_readable_id(metric_id):
            raise ValidationError({"data": [missing(metric_id)]})
    return {
        metric_id: [
            _checked_point(point, latest, (metric_id, place)) for place, point in enumerate(points)
        ]
        for metric_id, points in _checked_lists(data).items()
    }


def _check_size(data: dict[str, Any]) -> None:
    total = sum(len(points) for points in data.values() if isinstance(points, list))
    if total > MAX_POINTS or len(data) > MAX_POINTS:
        raise PayloadTooLargeError(f"A request takes up to {MAX_POINTS} data points.")


def _checked_lists(data: dict[str, Any]) -> dict[str, list[Any]]:
    for metric_id, points in data.items():
        if not isinstance(points, list):
            told = f'Expected a list of items but got type "{type(points).__name__}".'
            raise ValidationError({"data": {metric_id: [told]}})
    return data


def _checked_point(point: Any, latest: int, place: tuple[str, int]) -> tuple[int, float]:
    if not isinstance(point, dict):
        told = f"Expected a data point, but got {type(point).__name__}."
        raise _wrong(place, "non_field_errors", told)
    for name in ("timestamp", "value"):
        if name not in point:
            raise _wrong(place, name, "This field is required.")
    timestamp = point["timestamp"]
    if not isinstance(timestamp, int) or isinstance(timestamp, bool):
        raise _wrong(place, "timestamp", "A valid integer is required.")
    if not 0 <= timestamp <= latest:
        told = "Give seconds since 1970, at most 24 hours ahead."
        raise _wrong(place, "timestamp", told)
    return timestamp, _checked_value(point["value"], place)


def _checked_value(value: Any, place: tuple[str, int]) -> float:
    """Return an integer as an integer, so that it is answered as it came."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(place, "value", f"A valid number is required, not {quoted(value)}.")
    # Infinity is too large, and so is an integer that no float could hold.
    if abs(value) > MAX_VALUE:
        raise _wrong(place, "value", f"Give a number from -{MAX_VALUE} to {MAX_VALUE}.")
    return int(float(value)) if isinstance(value, int) else value


def _wrong(place: tuple[str, int], field: str, told: str) -> ValidationError:
    metric_id, index = place
    return ValidationError({"data": {metric_id: {str(index): {field: [told]}}}})
