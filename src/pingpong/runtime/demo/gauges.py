"""ACME's custom metrics, with the shape of their curves."""

from dataclasses import dataclass

from pingpong.custom_metrics.models import Rollup


@dataclass(frozen=True, slots=True)
class Gauge:
    """A custom metric that swings between `night` and `day`.

    An incident of `strained_by` multiplies it, by up to `strain` when that is down. It stands
    below its `component`, or by itself. `noise` is a share of the value, `most` what it never
    exceeds; `quiet_h` are the hours before now, from and until, in which nothing was fed.
    """

    name: str
    component: str | None
    suffix: str
    rollup: str
    night: float
    day: float
    strain: float
    is_whole: bool
    description: str | None = None
    strained_by: str | None = None
    noise: float = 0.12
    most: float | None = None
    quiet_h: tuple[float, float] = (0, 0)


GAUGES = (
    Gauge(
        "Requests",
        None,
        "per minute",
        Rollup.MEAN,
        3400,
        18_200,
        0.35,
        is_whole=True,
        description="Answered by all our regions",
        strained_by="API",
        noise=0.05,
    ),
    Gauge(
        "Success rate",
        None,
        "%",
        Rollup.MEAN,
        99.98,
        99.93,
        0.962,
        is_whole=False,
        description="Requests to the API that were answered without an error",
        strained_by="API",
        noise=0.0003,
        most=100,
    ),
    Gauge(
        "E-mails sent",
        None,
        "",
        Rollup.SUM,
        180,
        1450,
        0.5,
        is_whole=True,
        description="Invitations, receipts and alerts",
        strained_by="E-mail",
        quiet_h=(9.5, 7.25),
    ),
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
