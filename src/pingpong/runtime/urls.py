from django.urls import URLPattern, path

from . import health

urlpatterns: list[URLPattern] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
]
