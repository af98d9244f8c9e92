"""What ACME measures: monitors, and custom metrics with the shape of their curves."""

from dataclasses import dataclass

from pingpong.custom_metrics.models import Rollup
from pingpong.monitors.models import Frequency, Location, Showcase

MEASURED_DAYS = 60


@dataclass(frozen=True, slots=True)
class Watch:
    """A monitor. Only names that are reserved for examples: nobody's server is asked."""

    name: str
    component: str | None
    url: str
    frequency: str
    location: str
    showcased: str
    description: str | None = None


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


WATCHES = (
    Watch(
        "API",
        "API",
        "https://api.acme.example/health",
        Frequency.EVERY_5_MINUTES,
        Location.US_WEST,
        Showcase.UPTIME,
    ),
    Watch(
        "Website",
        "Website",
        "https://www.acme.example/",
        Frequency.EVERY_MINUTE,
        Location.UNITED_KINGDOM,
        Showcase.UPTIME_AND_RESPONSE_TIME,
        "The start page, as visitors see it",
    ),
    Watch(
        "Dashboard",
        "Dashboard",
        "https://dashboard.acme.example/sign-in",
        Frequency.EVERY_2_MINUTES,
        Location.SWEDEN,
        Showcase.RESPONSE_TIME,
    ),
    Watch(
        "Images",
        "CDN",
        "https://cdn.acme.example/logo.svg",
        Frequency.EVERY_15_MINUTES,
        Location.SINGAPORE,
        Showcase.NOTHING,
        "Far from the origin, on purpose",
    ),
    Watch(
        "Status page",
        None,
        "https://status.acme.example/",
        Frequency.EVERY_30_MINUTES,
        Location.AUSTRALIA,
        Showcase.NOTHING,
    ),
    Watch(
        "Documentation",
        "Documentation",
        "",
        Frequency.EVERY_60_MINUTES,
        Location.JAPAN,
        Showcase.UPTIME,
        "Idle until the new site has an address",
    ),
)

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
