"""The doors for collectors, outside the published API."""

from django.urls import path

from .views import OtlpView, PrometheusView

urlpatterns = [
    path("ingest/prometheus/write", PrometheusView.as_view()),
    path("ingest/otlp/v1/metrics", OtlpView.as_view()),
]
