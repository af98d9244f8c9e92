from datetime import datetime
from typing import Any

from pingpong.custom_metrics.lifecycle import create_custom_metric
from pingpong.custom_metrics.models import CustomMetric
from pingpong.kit.clock import utc_now
from pingpong.monitors.lifecycle import create_monitor
from pingpong.monitors.models import Monitor
from pingpong.pages.models import Page

from .actors import DONALD


def make_monitor(
    page: Page, name: str = "Website", *, now: datetime | None = None, **others: Any
) -> Monitor:
    """Return a monitor, what the API calls a metric; idle unless `url` is given."""
    return create_monitor(page, name=name, by=DONALD, now=now or utc_now(), **others)


def make_custom_metric(
    page: Page, name: str = "Signups", *, now: datetime | None = None, **others: Any
) -> CustomMetric:
    return create_custom_metric(page, name=name, by=DONALD, now=now or utc_now(), **others)
