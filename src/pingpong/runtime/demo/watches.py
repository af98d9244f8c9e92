"""ACME's monitors. Live ones look at this very server: nobody else's is asked."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from pingpong.monitors.models import Frequency, Location, MonitorKind, Showcase

# For how long they have been looking.
MEASURED_DAYS = 66
# A demo has no jobs that report themselves: its heartbeat is patient for as long as it may run.
_PATIENCE_S = 30 * 86_400


@dataclass(frozen=True, slots=True)
class Watch:
    """A monitor; `path` is one of this server's own, `url` one that is reserved for examples.

    `typical_ms` is how long an answer takes. What has an example's address has to be paused:
    it was so many days ago, 0 from the first day on.
    """

    name: str
    component: str | None
    frequency: str
    locations: tuple[str, ...]
    showcased: str
    description: str | None = None
    path: str = ""
    url: str = ""
    typical_ms: float = 0
    kind: str = MonitorKind.HTTP
    options: dict[str, Any] = field(default_factory=dict)
    paused_days_ago: int | None = None

    @property
    def address(self) -> str:
        return f"{settings.BASE_URL}{self.path}" if self.path else self.url

    @property
    def is_measured(self) -> bool:
        """Tell whether it has a past: an idle one has none, nor one that was paused at once."""
        is_idle = not self.address and self.kind != MonitorKind.HEARTBEAT
        return not is_idle and self.paused_days_ago != MEASURED_DAYS


WATCHES = (
    Watch(
        "API",
        "API",
        Frequency.EVERY_5_MINUTES,
        (Location.US_WEST, Location.UNITED_KINGDOM, Location.JAPAN),
        Showcase.UPTIME,
        path="/rest/v1/docs/",
        typical_ms=14,
    ),
    Watch(
        "Start page",
        "Website",
        Frequency.EVERY_MINUTE,
        (Location.UNITED_KINGDOM,),
        Showcase.UPTIME_AND_RESPONSE_TIME,
        "As visitors see it",
        path="/s/acme/",
        typical_ms=1.8,
    ),
    Watch(
        "Dashboard",
        "Dashboard",
        Frequency.EVERY_2_MINUTES,
        (Location.SWEDEN,),
        Showcase.RESPONSE_TIME,
        path="/healthz",
        typical_ms=2.1,
    ),
    Watch(
        "Images",
        "CDN",
        Frequency.EVERY_15_MINUTES,
        (Location.SINGAPORE,),
        Showcase.UPTIME_AND_RESPONSE_TIME,
        "Far from the origin, on purpose",
        url="https://cdn.acme.example/logo.svg",
        typical_ms=180,
        paused_days_ago=3,
    ),
    Watch(
        "Hourly backup",
        "DB",
        Frequency.EVERY_60_MINUTES,
        (Location.US_EAST,),
        Showcase.UPTIME,
        "Reports itself when it is done",
        kind=MonitorKind.HEARTBEAT,
        options={"grace_s": _PATIENCE_S},
    ),
    Watch(
        "Guides",
        "Documentation",
        Frequency.EVERY_60_MINUTES,
        (Location.JAPAN,),
        Showcase.UPTIME,
        "Until the new site has an address",
    ),
    Watch(
        "Status page",
        None,
        Frequency.EVERY_30_MINUTES,
        (Location.AUSTRALIA,),
        Showcase.UPTIME,
        path="/healthz",
        typical_ms=2.1,
    ),
    Watch(
        "Build server",
        "Build pipeline",
        Frequency.EVERY_10_MINUTES,
        (Location.BRAZIL,),
        Showcase.NOTHING,
        url="https://build.acme.example/",
        typical_ms=90,
        paused_days_ago=MEASURED_DAYS,
    ),
)
