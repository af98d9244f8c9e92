"""What is checked, in a few lines; secrets are only said to be there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils.translation import gettext, ngettext, pgettext

from pingpong.components.status import Status
from pingpong.monitors.checks import Options
from pingpong.monitors.models import IncidentWhenDown, Monitor, MonitorKind, Watch
from pingpong.monitors.stored_options import readable_options

from .monitor_standing import instant_of
from .monitor_words import (
    FREQUENCY_WORDS,
    INCIDENT_WHEN_DOWN_WORDS,
    KIND_WORDS,
    SHOWCASE_WORDS,
    time_words,
)
from .status_words import COMPONENT_WORDS

Fact = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Certificate:
    """When the certificate ends that ends first, and how long that is from now."""

    until: datetime
    days: int
    sign: str


def soonest_certificate(monitor: Monitor, *, now: datetime) -> Certificate | None:
    """Return the end of the certificate that was seen last; None without one. One query."""
    if not monitor.url.lower().startswith("https:"):
        return None
    active = Watch.objects.filter(monitor=monitor, is_active=True)
    until = instant_of(active.aggregate(first=Min("certificate_until"))["first"])
    if until is None:
        return None
    left = until - now
    warned_before = timedelta(days=readable_options(monitor.options).certificate_days)
    sign = "down" if left <= timedelta(0) else "minor" if left <= warned_before else "ok"
    return Certificate(until, max(left.days, 0), sign)


def facts_of(monitor: Monitor) -> list[Fact]:
    """Return pairs of words. No query for a row of `monitors.queries.full`."""
    options = readable_options(monitor.options)
    facts: list[Fact] = [(gettext("Kind"), KIND_WORDS[MonitorKind(monitor.kind)])]
    if monitor.url:
        facts.append((gettext("Address"), monitor.url))
    facts.append((gettext("How often"), FREQUENCY_WORDS[monitor.frequency]))
    if monitor.kind != MonitorKind.HEARTBEAT:
        facts.append((gettext("Looked at from"), ", ".join(monitor.locations)))
    facts += _expected(monitor.kind, options)
    if monitor.component is not None:
        facts.append((gettext("Component"), monitor.component.name))
    if monitor.component is not None and monitor.status_when_down:
        facts.append((gettext("Sets it to"), COMPONENT_WORDS[Status(monitor.status_when_down)]))
    if monitor.incident_when_down != IncidentWhenDown.NONE:
        words = INCIDENT_WHEN_DOWN_WORDS[monitor.incident_when_down]
        facts.append((gettext("When it is down"), words))
    facts.append((gettext("On the page"), SHOWCASE_WORDS[monitor.showcased]))
    return facts


def _expected(kind: str, options: Options) -> list[Fact]:
    facts: list[Fact] = []
    if kind == MonitorKind.HTTP:
        facts.append((gettext("Expected status"), options.expected_status))
        if options.keyword:
            facts.append((gettext("Must contain"), options.keyword))
        if options.keyword_absent:
            facts.append((gettext("Must not contain"), options.keyword_absent))
        if options.json_path:
            facts.append((pgettext("monitor", "Value at"), options.json_path))
    if kind == MonitorKind.DNS:
        facts.append((gettext("Record"), f"{options.record_type} {options.record_value}".strip()))
    if kind == MonitorKind.HEARTBEAT:
        late = ngettext("%(count)d second", "%(count)d seconds", options.grace_s)
        facts.append((gettext("May be late by"), late % {"count": options.grace_s}))
    if options.degraded_after_ms and kind != MonitorKind.HEARTBEAT:
        facts.append((gettext("Slow from"), time_words(options.degraded_after_ms)))
    count = options.confirmations
    if kind != MonitorKind.HEARTBEAT:
        words = ngettext("%(count)d failure", "%(count)d failures in a row", count)
        facts.append((gettext("Down after"), words % {"count": count}))
    return facts
