"""The OpenAPI document and its pages, open to all and without an asset from another host."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.views import APIView

OPEN_TO_ALL: dict[str, Any] = {
    "authentication_classes": [],
    "permission_classes": [],
    "throttle_classes": [],
}


_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@cache
def openapi() -> bytes:
    """Return the document as JSON; it changes only with the program, so it is made once."""
    generator: Any = SchemaGenerator()  # type: ignore[no-untyped-call] # drf-spectacular's
    document = generator.get_schema(request=None, public=True)
    return bytes(OpenApiJsonRenderer().render(document, renderer_context={}))


@extend_schema(exclude=True)
class OpenApiView(APIView):
    def get(self, request: Request) -> HttpResponse:  # noqa: ARG002 -- DRF's signature
        return HttpResponse(openapi(), content_type="application/json")


open_api = OpenApiView.as_view(**OPEN_TO_ALL)
_swagger = SpectacularSwaggerSplitView.as_view(**OPEN_TO_ALL, url_name="openapi")


def pages(request: HttpRequest) -> HttpResponse:
    """Show the document, with nothing from elsewhere and no script in the page itself."""
    response: HttpResponse = _swagger(request)
    response.headers["Content-Security-Policy"] = _POLICY
    return response
