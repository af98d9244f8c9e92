"""One line for each request that reaches Django: what, how it ended, how long it took."""

import re
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase

from pingpong.kit.ids import new_id
from pingpong.kit.logged_paths import shown_path

from .metrics import count_request

log = structlog.get_logger(__name__)

# Asked every few seconds by whoever watches the process.
_SILENT = frozenset({"/healthz", "/readyz"})
_FOREIGN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


class RequestLogMiddleware:
    """Never writes a query, a header or a body: those may hold secrets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in _SILENT:
            return self._get_response(request)
        begun = time.perf_counter()
        request_id = _request_id(request)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self._get_response(request)
            seconds = time.perf_counter() - begun
            method = request.method or "other"
            count_request(method=method, status=response.status_code, seconds=seconds)
            log.info(
                "request",
                method=method[:20],
                path=shown_path(request.path),
                status=response.status_code,
                duration_ms=round(seconds * 1000, 1),
            )
        response.headers["X-Request-Id"] = request_id
        return response


def _request_id(request: HttpRequest) -> str:
    """Keep the id that a proxy gave, when it is one; else make one."""
    given = request.headers.get("X-Request-Id", "")
    return given if _FOREIGN_ID.fullmatch(given) else new_id()
