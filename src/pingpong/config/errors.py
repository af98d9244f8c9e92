"""What Django answers where no view does: the API in JSON, people with a page."""

from django.http import HttpRequest, HttpResponse

from pingpong.api import errors as api
from pingpong.api.cors import PREFIXES
from pingpong.dashboard import refusals
from pingpong.dashboard.middleware import PREFIX
from pingpong.public import missing


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 in the form of whoever asks."""
    if request.path_info.startswith(PREFIXES):
        return api.not_found(request, exception)
    if request.path_info.startswith(PREFIX):
        return refusals.not_found(request)
    body, headers = missing.unknown_page()
    return HttpResponse(body, status=404, headers=dict(headers))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403: only screens of the dashboard refuse in this way."""
    return refusals.forbidden(request, exception)
