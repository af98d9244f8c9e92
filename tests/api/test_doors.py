"""Prometheus and OpenTelemetry bring numbers to the metrics that a label names."""

import gzip
import json
from typing import Any

import cramjam
import pytest
from django.test import Client
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
    ExportMetricsServiceResponse,
)

from api.bodies import seconds
from fixtures.cast import Belongings, Member
from pingpong.api.doors.prometheus import MAX_DECOMPRESSED_BYTES, _WriteRequest
from pingpong.custom_metrics.models import DataPoint
from pingpong.kit.clock import utc_now

PROMETHEUS = "/ingest/prometheus/write"
OTLP = "/ingest/otlp/v1/metrics"


def send(who: Member | None, path: str, body: bytes, **headers: str) -> Any:
    if who is not None:
        headers["authorization"] = f"Token {who.token}"
    kind = headers.pop("content_type", "application/x-protobuf")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(raise_request_exception=False).post(path, body, content_type=kind, headers=named)


def written(*series: tuple[str, list[tuple[int, float]]]) -> bytes:
    request = _WriteRequest()
    for metric_id, samples in series:
        one = request.timeseries.add()
        one.labels.add(name="__name__", value="queue_length")
        if metric_id:
            one.labels.add(name="pingpong_metric", value=metric_id)
        for second, value in samples:
            one.samples.add(timestamp=second * 1000 + 7, value=value)
    return bytes(cramjam.snappy.compress_raw(request.SerializeToString()))


def exported(metric_id: str, second: int, value: float) -> ExportMetricsServiceRequest:
    request = ExportMetricsServiceRequest()
    metrics = request.resource_metrics.add().scope_metrics.add().metrics
    for attribute in (metric_id, ""):
        point = metrics.add(name="queue").gauge.data_points.add()
        point.time_unix_nano, point.as_double = second * 10**9, value
        if attribute:
            point.attributes.add(key="pingpong_metric").value.string_value = attribute
    metrics.add(name="h").histogram.data_points.add()
    return request


def stored() -> list[tuple[str, int, float]]:
    return list(DataPoint.objects.order_by("minute").values_list("metric_id", "minute", "value"))


def test_prometheus_writes_what_its_label_maps_and_is_told_the_rest(
    owner: Member, ours: Belongings
) -> None:
    minute, metric_id = seconds(utc_now()) // 60 * 60 - 60, ours.custom_metric.pk
    body = written(
        (metric_id, [(minute + 40, 2.5), (minute, 1.0), (minute, float("nan"))]),
        ("", [(minute, 9)]),
    )
    response = send(owner, PROMETHEUS, body)
    assert response.status_code == 204
    assert response["X-Prometheus-Remote-Write-Samples-Written"] == "2"
    assert response["X-PingPong-Samples-Left-Out"] == "2"
    assert stored() == [(metric_id, minute, 2.5)]


def test_prometheus_is_refused_with_an_unknown_or_a_foreign_id(
    owner: Member, ours: Belongings, theirs: Belongings
) -> None:
    now = seconds(utc_now())
    for other in ("z" * 22, theirs.custom_metric.pk):
        body = written((ours.custom_metric.pk, [(now, 1)]), (other, [(now, 1)]))
        response = send(owner, PROMETHEUS, body)
        assert (response.status_code, other in response.content.decode()) == (400, True)
    assert stored() == []


@pytest.mark.parametrize(
    "body",
    [
        b"no snappy",
        bytes(cramjam.snappy.compress_raw(b"\xff\xff")),
        bytes(cramjam.snappy.compress_raw(b"\0" * (MAX_DECOMPRESSED_BYTES + 1))),
        written(("", [(0, 1)])),
    ],
    ids=["not packed", "no message", "a bomb", "no label"],
)
def test_what_prometheus_does_not_send_is_refused(owner: Member, body: bytes) -> None:
    response = send(owner, PROMETHEUS, body)
    assert response.status_code == 400


@pytest.mark.parametrize("is_json", [False, True])
@pytest.mark.parametrize("is_packed", [False, True])
def test_otlp_is_taken_as_protobuf_and_json(
    owner: Member, ours: Belongings, is_json: bool, is_packed: bool
) -> None:
    from google.protobuf import json_format

    minute = seconds(utc_now()) // 60 * 60
    request = exported(ours.custom_metric.pk, minute, 4.5)
    body = json_format.MessageToJson(request).encode() if is_json else request.SerializeToString()
    headers = {"content_type": "application/json"} if is_json else {}
    if is_packed:
        body, headers = gzip.compress(body), {**headers, "content_encoding": "gzip"}
    response = send(owner, OTLP, body, **headers)
    assert response.status_code == 200
    if is_json:
        rejected = int(json.loads(response.content)["partialSuccess"]["rejectedDataPoints"])
    else:
        answer = ExportMetricsServiceResponse.FromString(response.content)
        rejected = answer.partial_success.rejected_data_points
    assert (rejected, stored()) == (2, [(ours.custom_metric.pk, minute, 4.5)])


def test_otlp_is_refused_in_its_own_words(owner: Member) -> None:
    body = exported("z" * 22, seconds(utc_now()), 1).SerializeToString()
    response = send(owner, OTLP, body)
    assert (response.status_code, response["Content-Type"]) == (400, "application/x-protobuf")
    assert response.content[:1] == b"\x12"
    bomb = gzip.compress(b"\0" * (MAX_DECOMPRESSED_BYTES + 1))
    for wrong, headers in (
        (b"\xff", {}),
        (b"{", {"content_type": "application/json"}),
        (bomb, {"content_encoding": "gzip"}),
        (bomb[:-9], {"content_encoding": "gzip"}),
        (body, {"content_encoding": "br"}),
    ):
        assert send(owner, OTLP, wrong, **headers).status_code == 400


@pytest.mark.parametrize("path", [PROMETHEUS, OTLP])
def test_the_doors_are_for_those_who_may_feed(
    owner: Member, responder: Member, viewer: Member, path: str
) -> None:
    body = written() if path == PROMETHEUS else b""
    found = [send(who, path, body).status_code for who in (owner, responder, viewer, None)]
    right = 204 if path == PROMETHEUS else 200
    assert found == [right, right, 403, 401]
