"""The URL table, made of `routes.ROUTES`: each path with and without a trailing slash."""

from typing import Any

from django.urls import path, re_path
from django.views.decorators.cache import cache_page
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from .errors import not_found
from .routes import BASE, ROUTES

_open_to_all: dict[str, list[Any]] = {
    "authentication_classes": [],
    "permission_classes": [],
    "throttle_classes": [],
}
_document = SpectacularAPIView.as_view(**_open_to_all, renderer_classes=[OpenApiJsonRenderer])
_pages = SpectacularSwaggerSplitView.as_view(**_open_to_all, url_name="openapi")

# It changes only with the program: made once, kept in memory.
_DAY_S = 86_400

urlpatterns = [
    path(BASE + "openapi.json", cache_page(_DAY_S)(_document), name="openapi"),
    path(BASE + "docs/", _pages, name="docs"),
    path(BASE + "docs", _pages),
    *(
        path(spelling + slash, route.view.as_view())
        for route in ROUTES
        for spelling in (route.path, *route.aliases)
        for slash in ("", "/")
    ),
    re_path("^(?:rest|widget)(?:/.*)?$", not_found),
]
