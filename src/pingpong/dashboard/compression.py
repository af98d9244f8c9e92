"""Screens leave compressed; assets are so already, and the API's answers stay as they are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

from pingpong.dashboard.middleware import PREFIX


class CompressionMiddleware(GZipMiddleware):
    """Touches answers below the dashboard's prefix only.

    Their secrets are masked anew in each answer (CSRF), and each length varies by up to
    :attr:`max_random_bytes`, so that lengths tell nothing (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> Any:
        if not request.path_info.startswith(PREFIX):
            return response
        return super().process_response(request, response)
