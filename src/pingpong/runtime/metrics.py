"""What Prometheus may know about this process and about the rows that all processes share."""

from collections.abc import Iterator
from importlib.metadata import version

from django.db import Error
from django.db.models import Sum
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from pingpong.events.models import Event
from pingpong.kit.clock import utc_now

from . import measurement_figures
from .heartbeat import newest_beat_age
from .models import EngineBeat

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

registry = CollectorRegistry()
ProcessCollector(registry=registry)

_requests = Counter(
    "pingpong_http_requests",
    "Requests that reached the application; stored pages are answered before it.",
    ["method", "status"],
    registry=registry,
)
_durations = Histogram(
    "pingpong_http_request_duration_seconds",
    "How long the application took for a request.",
    ["method"],
    buckets=_SECONDS,
    registry=registry,
)


def count_request(*, method: str, status: int, seconds: float) -> None:
    """Count one answer: `status` is its code, kept as its class (2xx, 4xx ...)."""
    label = method if method in _METHODS else "other"
    _requests.labels(method=label, status=f"{status // 100}xx").inc()
    _durations.labels(method=label).observe(seconds)


def exposition() -> bytes:
    """Return everything in Prometheus' text format."""
    return generate_latest(registry)


class _Rows(Collector):
    """Figures read from the database at the moment of the scrape."""

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily(
            "pingpong_build", "The running release.", {"version": version("pingpong-status")}
        )
        reachable = GaugeMetricFamily(
            "pingpong_database_up", "1 when the database answered this scrape."
        )
        try:
            figures = list(_shared_figures())
        except Error:
            figures = []
        reachable.add_metric([], 1 if figures else 0)
        yield reachable
        yield from figures


def _shared_figures() -> Iterator[Metric]:
    unclaimed = Event.objects.filter(claimed_at=None).count()
    yield GaugeMetricFamily(
        "pingpong_events_unclaimed", "Events that no consumer has taken yet.", unclaimed
    )
    rendered = EngineBeat.objects.aggregate(total=Sum("pages_rendered"))["total"] or 0
    yield GaugeMetricFamily(
        "pingpong_pages_rendered", "Pages rendered by the engines that run.", rendered
    )
    age = newest_beat_age(utc_now())
    if age is not None:
        yield GaugeMetricFamily(
            "pingpong_engine_beat_age_seconds",
            "How long ago an engine gave a sign of life.",
            age.total_seconds(),
        )
    yield from measurement_figures.figures(utc_now())


registry.register(_Rows())
