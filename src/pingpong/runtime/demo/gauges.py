"""ACME's custom metrics, with the shape of their curves."""

from dataclasses import dataclass

from pingpong.custom_metrics.models import Rollup


@dataclass(frozen=True, slots=True)
class Gauge:
    """A custom metric that swings between `night` and `day`.

    An incident of `component` multiplies it, by up to `strain` when it is down.
    """

    name: str
    component: str
    suffix: str
    rollup: str
    night: float
    day: float
    strain: float
    is_whole: bool
    description: str | None = None


GAUGES = (
    Gauge("Errors", "API", "per minute", Rollup.MAXIMUM, 1, 6, 12, is_whole=True),
    Gauge(
        "Response time",
        "API",
        "ms",
        Rollup.MEAN,
        74,
        138,
        4,
        is_whole=False,
        description="Of the API, measured at the load balancers",
    ),
    Gauge(
        "Queue length",
        "Webhooks",
        "",
        Rollup.ROUNDED_MEAN,
        12,
        85,
        9,
        is_whole=True,
        description="Webhooks that wait to be sent",
    ),
)
