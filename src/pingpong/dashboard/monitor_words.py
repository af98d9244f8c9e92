"""States, kinds and outcomes of monitors in the reader's language, and the sign of each state."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from pingpong.monitors.models import Frequency, IncidentWhenDown, MonitorKind, Showcase
from pingpong.probe.contract import UP


class Standing(StrEnum):
    """How a monitor is now. `DEGRADED` is up, and slower than its owner wants it."""

    DOWN = "down"
    DEGRADED = "degraded"
    UP = "up"
    UNKNOWN = "unknown"
    PAUSED = "paused"
    IDLE = "idle"


STANDING_WORDS = {
    Standing.DOWN: pgettext_lazy("monitor", "Down"),
    Standing.DEGRADED: pgettext_lazy("monitor", "Slow"),
    Standing.UP: pgettext_lazy("monitor", "Up"),
    Standing.UNKNOWN: pgettext_lazy("monitor", "No data"),
    Standing.PAUSED: pgettext_lazy("monitor", "Paused"),
    Standing.IDLE: pgettext_lazy("monitor", "Not set up"),
}
STANDING_SIGNS = {
    Standing.DOWN: "down",
    Standing.DEGRADED: "minor",
    Standing.UP: "ok",
    Standing.UNKNOWN: "none",
    Standing.PAUSED: "pause",
    Standing.IDLE: "pause",
}
KIND_WORDS: Mapping[str, Promise] = {
    MonitorKind.HTTP: _("Website or API"),
    MonitorKind.TCP: _("TCP port"),
    MonitorKind.ICMP: _("Ping"),
    MonitorKind.DNS: _("DNS record"),
    MonitorKind.HEARTBEAT: _("Heartbeat"),
}
FREQUENCY_WORDS: Mapping[str, Promise] = {
    Frequency.EVERY_MINUTE: _("Every minute"),
    Frequency.EVERY_2_MINUTES: _("Every 2 minutes"),
    Frequency.EVERY_5_MINUTES: _("Every 5 minutes"),
    Frequency.EVERY_10_MINUTES: _("Every 10 minutes"),
    Frequency.EVERY_15_MINUTES: _("Every 15 minutes"),
    Frequency.EVERY_30_MINUTES: _("Every 30 minutes"),
    Frequency.EVERY_60_MINUTES: _("Every hour"),
}
SHOWCASE_WORDS: Mapping[str, Promise] = {
    Showcase.UPTIME_AND_RESPONSE_TIME: _("Uptime and response time"),
    Showcase.UPTIME: _("Uptime"),
    Showcase.RESPONSE_TIME: _("Response time"),
    Showcase.NOTHING: _("Nothing"),
}
INCIDENT_WHEN_DOWN_WORDS: Mapping[str, Promise] = {
    IncidentWhenDown.NONE: _("Do nothing"),
    IncidentWhenDown.DRAFT: _("Write a draft that the team publishes"),
    IncidentWhenDown.PUBLISHED: _("Publish an incident at once"),
}
_OUTCOMES = {
    UP: gettext_noop("It works as it should."),
    "dns_failed": gettext_noop("Its name cannot be looked up."),
    "connect_refused": gettext_noop("It refuses connections."),
    "connect_timeout": gettext_noop("It does not accept connections in time."),
    "connect_failed": gettext_noop("It cannot be reached."),
    "tls_invalid": gettext_noop("Its certificate is not valid."),
    "tls_expired": gettext_noop("Its certificate has expired."),
    "status_unexpected": gettext_noop("It answers with an error."),
    "keyword_missing": gettext_noop("Its answer lacks what it should have."),
    "keyword_present": gettext_noop("Its answer has what it should not have."),
    "json_mismatch": gettext_noop("Its answer is not what it should be."),
    "record_mismatch": gettext_noop("Its DNS record is not what it should be."),
    "redirects_exceeded": gettext_noop("It redirects too often."),
    "response_invalid": gettext_noop("Its answer cannot be understood."),
    "read_timeout": gettext_noop("It does not answer in time."),
    "heartbeat_missed": gettext_noop("It has not reported itself in time."),
    "blocked_by_policy": gettext_noop("This address may not be looked at from here."),
    "probe_fault": gettext_noop("The probe had a problem of its own: this says nothing of it."),
}


def outcome_words(word: str) -> str:
    """Return what an outcome means, as one sentence."""
    return gettext(_OUTCOMES.get(word, gettext_noop("It does not work as it should.")))


def time_words(ms: float) -> str:
    """Return ``142 ms``; a time that is shorter than 10 ms has one decimal."""
    number = f"{round(ms, 1):g}" if ms < 10 else f"{round(ms):,}"  # noqa: PLR2004 -- two digits
    return gettext("%(number)s ms") % {"number": number}
