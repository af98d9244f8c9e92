"""OTLP/HTTP metrics: protobuf or JSON, plain or gzip."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from google.protobuf import json_format
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
    ExportMetricsServiceResponse,
)

from .samples import LABEL, Sample, SamplesUnreadableError

MAX_DECOMPRESSED_BYTES = 4 * 1024 * 1024
JSON = "application/json"
PROTOBUF = "application/x-protobuf"
_NS = 10**9
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Export:
    samples: list[Sample]
    unusable: int
    """Histograms and the like: more than one number each."""


def export_of(body: bytes, *, encoding: str, is_json: bool) -> Export:
    """Read a body; raises SamplesUnreadableError."""
    plain = _decompressed(body, encoding)
    request = ExportMetricsServiceRequest()
    try:
        if is_json:
            json_format.Parse(plain, request, ignore_unknown_fields=True)
        else:
            request.ParseFromString(plain)
    except (DecodeError, json_format.ParseError, ValueError, RecursionError) as problem:
        raise SamplesUnreadableError("The body is no ExportMetricsServiceRequest.") from problem
    return _export(request)


def _decompressed(body: bytes, encoding: str) -> bytes:
    if encoding in ("", "identity"):
        return body
    if encoding != "gzip":
        raise SamplesUnreadableError("Send the body plain, or compressed by gzip.")
    unpacker = zlib.decompressobj(_GZIP)
    try:
        plain = unpacker.decompress(body, MAX_DECOMPRESSED_BYTES + 1)
    except zlib.error as problem:
        raise SamplesUnreadableError("The body is not compressed by gzip.") from problem
    if len(plain) > MAX_DECOMPRESSED_BYTES:
        raise SamplesUnreadableError("The body is too large when it is decompressed.")
    if not unpacker.eof:
        raise SamplesUnreadableError("The compressed body ends too early.")
    return plain


def _export(request: Any) -> Export:
    samples: list[Sample] = []
    unusable = 0
    for resource in request.resource_metrics:
        of_resource = _label(resource.resource.attributes)
        for scope in resource.scope_metrics:
            for metric in scope.metrics:
                kind = metric.WhichOneof("data")
                if kind in ("gauge", "sum"):
                    samples += _samples(getattr(metric, kind).data_points, of_resource)
                elif kind:
                    unusable += len(getattr(metric, kind).data_points)
    return Export(samples, unusable)


def _samples(points: Any, of_resource: str) -> Iterator[Sample]:
    for one in points:
        # Without a number, which the protocol allows, there is no metric to put it to.
        kind = one.WhichOneof("value")
        metric_id = (_label(one.attributes) or of_resource) if kind else ""
        value = float(getattr(one, kind)) if kind else 0.0
        yield Sample(metric_id, one.time_unix_nano // _NS, value)


def _label(attributes: Any) -> str:
    return next((one.value.string_value for one in attributes if one.key == LABEL), "")


def success(left_out: int, *, is_json: bool) -> bytes:
    """Return the answer, which tells how many points were left out."""
    response = ExportMetricsServiceResponse()
    if left_out:
        response.partial_success.rejected_data_points = left_out
        response.partial_success.error_message = (
            f"These carry no attribute {LABEL}, or are no single numbers of today."
        )
    body: bytes = (
        json_format.MessageToJson(response).encode() if is_json else response.SerializeToString()
    )
    return body
