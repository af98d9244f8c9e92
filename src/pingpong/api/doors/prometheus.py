"""Prometheus remote write 1.0: snappy around protobuf."""

from collections.abc import Iterator
from typing import Any

import cramjam
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

from .samples import LABEL, Sample, SamplesUnreadableError

MAX_DECOMPRESSED_BYTES = 4 * 1024 * 1024

# The fields that are needed of prometheus/prompb: what else comes is skipped.
_MESSAGES = {
    "Label": [("name", 1, "STRING"), ("value", 2, "STRING")],
    "Sample": [("value", 1, "DOUBLE"), ("timestamp", 2, "INT64")],
    "TimeSeries": [("labels", 1, "Label"), ("samples", 2, "Sample")],
    "WriteRequest": [("timeseries", 1, "TimeSeries")],
}


def _message_class(wanted: str) -> Any:
    file = descriptor_pb2.FileDescriptorProto(
        name="pingpong/remote_write.proto", package="pingpong.remote_write", syntax="proto3"
    )
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, number, kind in fields:
            options: Any = {"type": f"TYPE_{kind}", "label": "LABEL_OPTIONAL"}
            if kind in _MESSAGES:
                options = {
                    "type": "TYPE_MESSAGE",
                    "label": "LABEL_REPEATED",
                    "type_name": f".pingpong.remote_write.{kind}",
                }
            message.field.add(name=field, number=number, **options)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    found = pool.FindMessageTypeByName(f"pingpong.remote_write.{wanted}")
    return message_factory.GetMessageClass(found)


_WriteRequest = _message_class("WriteRequest")


def samples_of(body: bytes) -> Iterator[Sample]:
    """Read a body; raises SamplesUnreadableError."""
    try:
        request = _WriteRequest.FromString(_decompressed(body))
    except DecodeError as problem:
        raise SamplesUnreadableError("The body is no WriteRequest.") from problem
    return _samples(request)


def _decompressed(body: bytes) -> bytes:
    try:
        # The length stands in front, so that nothing is unpacked that is too large.
        if cramjam.snappy.decompress_raw_len(body) > MAX_DECOMPRESSED_BYTES:
            raise SamplesUnreadableError("The body is too large when it is decompressed.")
        return bytes(cramjam.snappy.decompress_raw(body))
    except cramjam.DecompressionError as problem:
        raise SamplesUnreadableError("The body is not compressed by snappy.") from problem


def _samples(request: Any) -> Iterator[Sample]:
    for series in request.timeseries:
        metric_id = next((one.value for one in series.labels if one.name == LABEL), "")
        for one in series.samples:
            yield Sample(metric_id, one.timestamp // 1000, one.value)
