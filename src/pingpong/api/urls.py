"""The URL table, made of `routes.ROUTES`: each path with and without a trailing slash."""

from django.urls import path, re_path

from . import document
from .errors import not_found
from .routes import BASE, ROUTES

urlpatterns = [
    path(BASE + "openapi.json", document.open_api, name="openapi"),
    path(BASE + "docs/", document.pages, name="docs"),
    path(BASE + "docs", document.pages),
    *(
        path(spelling + slash, route.view.as_view())
        for route in ROUTES
        for spelling in (route.path, *route.aliases)
        for slash in ("", "/")
    ),
    re_path("^(?:rest|widget|heartbeat)(?:/.*)?$", not_found),
]
