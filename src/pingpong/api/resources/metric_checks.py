"""Single checks of a metric, as long as they are kept."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.answers import Answer, Instant
from pingpong.api.metric_shapes import iso_of_second, ms_of
from pingpong.api.pagination import page_of
from pingpong.api.query import wanted_word
from pingpong.api.schema import LIMIT, OFFSET, documented
from pingpong.api.views import ProjectView
from pingpong.monitors.models import Location, Monitor, RawOutcome, Watch
from pingpong.probe.contract import GAPS, UP, WORDS

from .metrics import TAG

USUAL = 100
LOCATION = OpenApiParameter(
    "location",
    {"type": "string", "enum": Location.values},
    description="Only what was seen from there.",
)


class CheckedAnswer(Answer):
    at = Instant()
    location = serializers.ChoiceField(Location.values)
    outcome = serializers.ChoiceField(WORDS)
    ok = serializers.BooleanField(allow_null=True, help_text="null: it says nothing of the target.")
    status = serializers.IntegerField(allow_null=True, help_text="Of HTTP.")
    total_ms = serializers.FloatField()
    dns_ms = serializers.FloatField()
    connect_ms = serializers.FloatField()
    tls_ms = serializers.FloatField()
    first_byte_ms = serializers.FloatField()
    delay_ms = serializers.IntegerField(help_text="How much later than `at` it began.")
    detail = serializers.CharField(allow_blank=True)
    vantage = serializers.CharField(allow_blank=True, help_text="The machine that looked.")


class MetricChecksView(ProjectView):
    written_by = "builders"

    @documented(
        "List the checks of a metric",
        tag=TAG,
        answer=CheckedAnswer(many=True),
        parameters=[LIMIT, OFFSET, LOCATION],
    )
    def get(self, request: Request, id: str) -> Response:
        monitor = self.find(Monitor.objects.filter(page=self.page), id)
        location = wanted_word(request, "location", Location.values)
        watches = Watch.objects.filter(monitor=monitor)
        places = dict(watches.values_list("pk", "location"))
        looked = [pk for pk, place in places.items() if location in (None, place)]
        rows = RawOutcome.objects.filter(watch__in=looked).order_by("-slot", "-pk")
        some, headers = page_of(request, rows, usual=USUAL)
        return Response([_checked(one, places[one.watch_id]) for one in some], headers=headers)


def _checked(one: RawOutcome, location: str) -> dict[str, Any]:
    return {
        "at": iso_of_second(one.slot),
        "location": location,
        "outcome": one.word,
        "ok": None if one.word in GAPS else one.word == UP,
        "status": one.status or None,
        "total_ms": ms_of(one.total_us),
        "dns_ms": ms_of(one.dns_us),
        "connect_ms": ms_of(one.connect_us),
        "tls_ms": ms_of(one.tls_us),
        "first_byte_ms": ms_of(one.first_byte_us),
        "delay_ms": one.delay_ms,
        "detail": one.detail,
        "vantage": one.vantage,
    }
