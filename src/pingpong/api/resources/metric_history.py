"""Uptime and response times of a metric over a stretch of time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.answers import Answer, Instant
from pingpong.api.metric_shapes import iso_of_second, ms_of
from pingpong.api.query import wanted_instant, wanted_word
from pingpong.api.schema import documented
from pingpong.api.views import ProjectView
from pingpong.components.uptime import tally
from pingpong.kit.clock import iso_z, whole_second
from pingpong.monitors.models import Location, Monitor
from pingpong.monitors.series import Point, series
from pingpong.monitors.uptime import spans_since
from pingpong.monitors.watches import looks_of

from .metric_checks import LOCATION
from .metrics import TAG

MOST_POINTS = 2000
USUAL_SPAN = timedelta(hours=24)
STEPS_S = {"minute": 60, "5 minutes": 300, "10 minutes": 600, "hour": 3600, "day": 86400}
# Up to which span a step is the usual one.
_USUAL_UP_TO = (
    (timedelta(hours=3), "minute"),
    (timedelta(hours=24), "5 minutes"),
    (timedelta(hours=72), "10 minutes"),
    (timedelta(days=31), "hour"),
)
_INSTANT = {"type": "string", "format": "date-time"}
FROM = OpenApiParameter("from", _INSTANT, description="24 hours before `to` when absent.")
TO = OpenApiParameter("to", _INSTANT, description="Now when absent.")
STEP = OpenApiParameter(
    "step",
    {"type": "string", "enum": list(STEPS_S)},
    description="How long each point is; by the length of the whole when absent.",
)


class PointAnswer(Answer):
    at = Instant(help_text="Where the point begins.")
    n = serializers.IntegerField(help_text="Checks that count.")
    ok = serializers.IntegerField(help_text="Those of them that were up.")
    degraded = serializers.IntegerField(help_text="Those of them that were up and slow.")
    gaps = serializers.IntegerField(help_text="Checks that say nothing of the target.")
    mean_ms = serializers.FloatField(allow_null=True)
    min_ms = serializers.FloatField(allow_null=True)
    max_ms = serializers.FloatField(allow_null=True)
    p50_ms = serializers.FloatField(allow_null=True)
    p95_ms = serializers.FloatField(allow_null=True)
    p99_ms = serializers.FloatField(allow_null=True)


class HistoryAnswer(Answer):
    to = Instant()
    step = serializers.ChoiceField(list(STEPS_S))
    uptime = serializers.FloatField(allow_null=True, help_text="In percent; null without data.")
    locations = serializers.ListField(child=serializers.ChoiceField(Location.values))
    points = PointAnswer(many=True)

    def get_fields(self) -> dict[str, Any]:
        # No attribute of Python can have this name.
        return {"from": Instant(), **super().get_fields()}


@dataclass(frozen=True, slots=True)
class Window:
    """What was asked for."""

    start: datetime
    end: datetime
    step: str
    location: str | None


class MetricHistoryView(ProjectView):
    written_by = "builders"

    @documented(
        "Get the history of a metric",
        tag=TAG,
        answer=HistoryAnswer,
        parameters=[FROM, TO, STEP, LOCATION],
    )
    def get(self, request: Request, id: str) -> Response:
        monitor = self.find(Monitor.objects.filter(page=self.page), id)
        window = window_of(request, now=self.now)
        found = series(
            [monitor.pk],
            start=int(window.start.timestamp()),
            end=int(window.end.timestamp()),
            step=STEPS_S[window.step],
            location=window.location,
        )
        spans = spans_since([monitor.pk], window.start, now=self.now).get(monitor.pk, ())
        uptime = tally(spans, window.start, window.end).percentage()
        return Response(
            {
                "from": iso_z(window.start),
                "to": iso_z(window.end),
                "step": window.step,
                "uptime": None if uptime is None else float(uptime),
                "locations": [window.location] if window.location else looks_of(monitor),
                "points": [_point(one) for one in found.get(monitor.pk, ())],
            }
        )


def window_of(request: Request, *, now: datetime) -> Window:
    """Read the query; raises ValidationError. What is to come is left out."""
    present = whole_second(now)
    end = min(wanted_instant(request, "to") or present, present)
    start = wanted_instant(request, "from") or end - USUAL_SPAN
    step = wanted_word(request, "step", list(STEPS_S)) or usual_step(end - start)
    location = wanted_word(request, "location", Location.values)
    if start >= end:
        raise ValidationError({"from": ["This must be before `to`, and in the past."]})
    if _points_in(start, end, STEPS_S[step]) > MOST_POINTS:
        raise ValidationError({"step": [f"These are more than {MOST_POINTS} points."]})
    return Window(start, end, step, location)


def _points_in(start: datetime, end: datetime, step_s: int) -> int:
    """Count the multiples of a step whose time is at least in part between two instants."""
    last_second = int(end.timestamp()) - 1
    return last_second // step_s - int(start.timestamp()) // step_s + 1


def usual_step(span: timedelta) -> str:
    """Return a step that makes a readable chart."""
    return next((step for most, step in _USUAL_UP_TO if span <= most), "day")


def _point(one: Point) -> dict[str, Any]:
    return {
        "at": iso_of_second(one.start),
        "n": one.n,
        "ok": one.ok,
        "degraded": one.degraded,
        "gaps": one.gaps,
        "mean_ms": _ms_or_none(one.mean_us),
        "min_ms": _ms_or_none(one.min_us),
        "max_ms": _ms_or_none(one.max_us),
        "p50_ms": _ms_or_none(one.p50_us),
        "p95_ms": _ms_or_none(one.p95_us),
        "p99_ms": _ms_or_none(one.p99_us),
    }


def _ms_or_none(microseconds: float | None) -> float | None:
    return None if microseconds is None else ms_of(microseconds)
