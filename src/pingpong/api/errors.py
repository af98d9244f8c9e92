"""Errors in DRF's form, whatever went wrong below."""

from typing import Any

import structlog
from django.core.exceptions import ObjectDoesNotExist, SuspiciousOperation
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ParseError, ValidationError
from rest_framework.response import Response

from pingpong.maintenance.lifecycle import WindowInvalidError

from .cors import PREFIXES

log = structlog.get_logger(__name__)

RETRY_AFTER_S = 1
_ROW_WAS_GONE = "Save with update_fields did not affect any rows"


class PayloadTooLargeError(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "The request body is too large."
    default_code = "too_large"


class ConflictError(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_detail = "The object was changed by another request meanwhile. Try again."
    default_code = "conflict"


class UnprocessableError(APIException):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "unprocessable"


class BusyError(APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = "The database is busy or away. Try again."
    default_code = "busy"

    def __init__(self) -> None:
        super().__init__()
        self.wait = RETRY_AFTER_S  # DRF makes Retry-After of it


def answer_error(problem: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into DRF's answer; None lets it become a 500."""
    # That module reads the settings, which name the parsers, which need the errors above.
    from rest_framework.views import exception_handler

    return exception_handler(_in_words_of_http(problem), context)


def _in_words_of_http(problem: Exception) -> Exception:
    if isinstance(problem, SuspiciousOperation):
        return ParseError()
    if isinstance(problem, IntegrityError):
        # Two requests raced: one deleted what the other one refers to.
        return ConflictError()
    if isinstance(problem, WindowInvalidError):
        return ValidationError({"ends_at": ["This must be after scheduled_for."]})
    if isinstance(problem, OperationalError | InterfaceError) or _is_pool_timeout(problem):
        log.warning("database_unavailable", problem=type(problem).__name__)
        return BusyError()
    if isinstance(problem, ObjectDoesNotExist) or str(problem).startswith(_ROW_WAS_GONE):
        return NotFound()
    return problem


def _is_pool_timeout(problem: Exception) -> bool:
    return type(problem).__name__ == "PoolTimeout"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer unknown paths of the API."""
    return JsonResponse({"detail": "Not found."}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a bug of ours without showing it."""
    if request.path_info.startswith(PREFIXES):
        return JsonResponse({"detail": "A server error occurred."}, status=500)
    return HttpResponse("A server error occurred.", status=500, content_type="text/plain")
