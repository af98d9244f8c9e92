"""Where collectors bring metrics: the token of a project, the protocol's own bodies and answers."""

import json
from abc import ABC, abstractmethod
from typing import Any

from django.http import HttpResponse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.errors import PayloadTooLargeError
from pingpong.api.parsers import bounded
from pingpong.api.point_forms import MAX_POINTS
from pingpong.api.views import ProjectView
from pingpong.custom_metrics.intake import UnknownMetricError, store_points

from . import otlp, prometheus
from .samples import LABEL, Mapped, SamplesUnreadableError, TooManySamplesError, mapped

# The field `message` of google.rpc.Status.
_MESSAGE = b"\x12"
_MOST_TOLD = 3


class _AnythingGoes(BaseContentNegotiation):
    def select_parser(self, _request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, _request: Request, renderers: Any, *_: Any) -> Any:
        return renderers[0], renderers[0].media_type


class _Door(ProjectView, ABC):
    written_by = "responders"
    content_negotiation_class = _AnythingGoes
    schema = None

    @abstractmethod
    def refused(self, told: str) -> HttpResponse:
        """Answer that the body is wrong; senders do not try again."""

    @abstractmethod
    def taken(self, found: Mapped) -> HttpResponse:
        """Answer what was stored."""

    @abstractmethod
    def read(self, body: bytes) -> Mapped:
        """Raises SamplesUnreadableError and TooManySamplesError."""

    def post(self, request: Request) -> HttpResponse | Response:
        stream: Any = request._request  # noqa: SLF001 -- no parser of DRF's reads it
        try:
            found = self.read(bounded(stream))
            store_points(self.page.pk, found.points, now=self.now)
        except SamplesUnreadableError as problem:
            return self.refused(str(problem))
        except TooManySamplesError as problem:
            raise PayloadTooLargeError(
                f"A request takes up to {MAX_POINTS} data points."
            ) from problem
        except UnknownMetricError as problem:
            some = ", ".join(problem.metric_ids[:_MOST_TOLD])
            return self.refused(f"No custom metrics of this project, nothing was stored: {some}")
        return self.taken(found)


class PrometheusView(_Door):
    def read(self, body: bytes) -> Mapped:
        return mapped(prometheus.samples_of(body), now=self.now)

    def refused(self, told: str) -> HttpResponse:
        return HttpResponse(told + "\n", status=400, content_type="text/plain; charset=utf-8")

    def taken(self, found: Mapped) -> HttpResponse:
        if found.left_out and not found.points:
            return self.refused(f"No series carries the label {LABEL} and a number of today.")
        headers = {
            "X-Prometheus-Remote-Write-Samples-Written": str(found.taken),
            "X-PingPong-Samples-Left-Out": str(found.left_out),
        }
        return HttpResponse(status=204, headers=headers)


class OtlpView(_Door):
    @property
    def is_json(self) -> bool:
        return self.request.content_type.partition(";")[0].strip().lower() == otlp.JSON

    def read(self, body: bytes) -> Mapped:
        encoding = self.request.headers.get("Content-Encoding", "").strip().lower()
        found = otlp.export_of(body, encoding=encoding, is_json=self.is_json)
        return mapped(found.samples, unusable=found.unusable, now=self.now)

    def refused(self, told: str) -> HttpResponse:
        if self.is_json:
            return self._answer(json.dumps({"message": told}).encode(), status=400)
        text = told.encode()[:127]  # whose length is one byte
        return self._answer(_MESSAGE + bytes([len(text)]) + text, status=400)

    def taken(self, found: Mapped) -> HttpResponse:
        return self._answer(otlp.success(found.left_out, is_json=self.is_json))

    def _answer(self, body: bytes, *, status: int = 200) -> HttpResponse:
        kind = otlp.JSON if self.is_json else otlp.PROTOBUF
        return HttpResponse(body, status=status, content_type=kind)
