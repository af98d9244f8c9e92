"""Monitors: what the API calls metrics; how they are watched, and what was found."""

from collections.abc import Iterable

from django.db import models

from pingpong.components.models import Component
from pingpong.components.status import Status
from pingpong.fields.short_id import ShortIdField
from pingpong.pages.models import Page

NAME_LENGTH = 50
DESCRIPTION_LENGTH = 255
URL_LENGTH = 2000


class Frequency(models.TextChoices):
    EVERY_MINUTE = "minute"
    EVERY_2_MINUTES = "2 minutes"
    EVERY_5_MINUTES = "5 minutes"
    EVERY_10_MINUTES = "10 minutes"
    EVERY_15_MINUTES = "15 minutes"
    EVERY_30_MINUTES = "30 minutes"
    EVERY_60_MINUTES = "60 minutes"


class Location(models.TextChoices):
    US_WEST = "US West"
    US_EAST = "US East"
    BRAZIL = "Brazil"
    UNITED_KINGDOM = "United Kingdom"
    ITALY = "Italy"
    SWEDEN = "Sweden"
    SOUTH_AFRICA = "South Africa"
    SINGAPORE = "Singapore"
    AUSTRALIA = "Australia"
    JAPAN = "Japan"


class Showcase(models.TextChoices):
    NOTHING = "Don't showcase"
    UPTIME_AND_RESPONSE_TIME = "Showcase uptime and response time"
    UPTIME = "Showcase uptime"
    RESPONSE_TIME = "Showcase response time"


class MonitorKind(models.TextChoices):
    """How a monitor looks. A heartbeat does not: its target calls us."""

    HTTP = "http"
    TCP = "tcp"
    ICMP = "icmp"
    DNS = "dns"
    HEARTBEAT = "heartbeat"


class IncidentWhenDown(models.TextChoices):
    NONE = "none"
    DRAFT = "draft"
    PUBLISHED = "published"


class MonitorState(models.TextChoices):
    """Unknown is neither up nor down: nobody who can be trusted has looked of late."""

    UP = "up"
    DOWN = "down"
    UNKNOWN = "unknown"


INTERVALS_S: dict[str, int] = {
    Frequency.EVERY_MINUTE: 60,
    Frequency.EVERY_2_MINUTES: 120,
    Frequency.EVERY_5_MINUTES: 300,
    Frequency.EVERY_10_MINUTES: 600,
    Frequency.EVERY_15_MINUTES: 900,
    Frequency.EVERY_30_MINUTES: 1800,
    Frequency.EVERY_60_MINUTES: 3600,
}


class Monitor(models.Model):
    """A thing that is watched. What is checked stands in `options`, the secrets of it sealed."""

    id = ShortIdField()
    page = models.ForeignKey(Page, models.CASCADE, related_name="monitors")
    component = models.ForeignKey(Component, models.SET_NULL, null=True, related_name="monitors")
    name = models.CharField(max_length=NAME_LENGTH)
    description = models.CharField(max_length=DESCRIPTION_LENGTH, null=True)
    url = models.CharField(max_length=URL_LENGTH, blank=True)
    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    location = models.CharField(max_length=14, choices=Location.choices)
    showcased = models.CharField(max_length=33, choices=Showcase.choices)
    created_at = models.DateTimeField()
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=MonitorKind.choices, default=MonitorKind.HTTP)
    # Further locations beside `location`.
    more_locations = models.JSONField(default=list)
    # The fields of `checks.Options` that differ from their defaults.
    options = models.JSONField(default=dict)
    sealed_secrets = models.BinaryField(default=b"")
    heartbeat_key = models.CharField(max_length=64, null=True, unique=True)
    paused_at = models.DateTimeField(null=True)
    # What a monitor that is down does beside being down; nothing unless somebody asks for it.
    status_when_down = models.CharField(max_length=20, choices=Status.choices, null=True)
    incident_when_down = models.CharField(
        max_length=9, choices=IncidentWhenDown.choices, default=IncidentWhenDown.NONE
    )

    class Meta:
        ordering = ["position", "created_at", "id"]
        indexes = [models.Index(fields=["page", "position"], name="monitors_in_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def locations(self) -> list[str]:
        """Return every location, the contract's one first."""
        return every_location(self.location, self.more_locations)


def every_location(first: str, more: Iterable[str]) -> list[str]:
    return [first, *(one for one in more if one != first)]


class Watch(models.Model):
    """One monitor seen from one location: when it is due, and what was last seen.

    Slots are whole seconds since 1970. A watch whose location was taken away stays, inactive,
    for its history.
    """

    id = models.BigAutoField(primary_key=True)
    monitor = models.ForeignKey(Monitor, models.CASCADE, related_name="watches")
    location = models.CharField(max_length=14, choices=Location.choices)
    is_active = models.BooleanField(default=True)
    interval_s = models.PositiveIntegerField()
    # Where in its interval it is due: spread by a hash, so that not all are due at once.
    phase_s = models.PositiveIntegerField()
    next_slot = models.BigIntegerField(null=True)
    # Since when it has been looked at without a break; null of what was made before this was kept.
    watched_since = models.BigIntegerField(null=True)
    # The slot that is being looked at, who took it, until when an outcome is waited for.
    claimed_slot = models.BigIntegerField(null=True)
    claim = models.CharField(max_length=22, blank=True)
    claimed_until = models.BigIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # The newest slot judged, its outcome, and since which slot outcomes have been alike.
    last_slot = models.BigIntegerField(null=True)
    last_word = models.CharField(max_length=20, blank=True)
    is_up = models.BooleanField(null=True)
    streak = models.PositiveIntegerField(default=0)
    streak_slot = models.BigIntegerField(null=True)
    vantage = models.CharField(max_length=64, blank=True)
    certificate_until = models.BigIntegerField(null=True)
    certificate_seen = models.BigIntegerField(null=True)
    # The end of the certificate that was warned about: once for each certificate.
    certificate_warned = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["monitor", "location"], name="watches_location_once")
        ]
        indexes = [
            models.Index(fields=["next_slot"], name="watches_due"),
            models.Index(
                fields=["claimed_until"],
                condition=models.Q(claimed_until__isnull=False),
                name="watches_claimed",
            ),
            models.Index(fields=["claim"], condition=~models.Q(claim=""), name="watches_of_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.monitor_id} from {self.location}"


class RawOutcome(models.Model):
    """One check, kept for 72 hours. The constraint is what keeps an outcome from counting twice."""

    id = models.BigAutoField(primary_key=True)
    watch = models.ForeignKey(Watch, models.CASCADE, related_name="+", db_index=False)
    slot = models.BigIntegerField()
    word = models.CharField(max_length=20)
    total_us = models.PositiveIntegerField()
    dns_us = models.PositiveIntegerField()
    connect_us = models.PositiveIntegerField()
    tls_us = models.PositiveIntegerField()
    first_byte_us = models.PositiveIntegerField()
    status = models.PositiveIntegerField()
    delay_ms = models.IntegerField()
    detail = models.CharField(max_length=100, blank=True)
    vantage = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["watch", "slot"], name="outcomes_slot_once")]

    def __str__(self) -> str:
        return f"{self.word} at {self.slot}"


class Rollup(models.Model):
    """Sums that can be added to sums. `n` is what counts: `ok` of them up, the rest down.

    `degraded` of the `ok` were slower than asked for; `gaps` are checks that say nothing of the
    target and stand outside `n`. Times are those of what was up, in microseconds; `bins` is the
    histogram of them (see `histogram`).
    """

    id = models.BigAutoField(primary_key=True)
    start = models.BigIntegerField()
    n = models.PositiveIntegerField()
    ok = models.PositiveIntegerField()
    degraded = models.PositiveIntegerField()
    gaps = models.PositiveIntegerField()
    sum_us = models.BigIntegerField()
    min_us = models.PositiveIntegerField()
    max_us = models.PositiveIntegerField()
    bins = models.BinaryField()

    class Meta:
        abstract = True


class HourRollup(Rollup):
    watch = models.ForeignKey(Watch, models.CASCADE, related_name="hours", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["watch", "start"], name="hours_once")]
        indexes = [models.Index(fields=["start"], name="hours_by_age")]

    def __str__(self) -> str:
        return f"{self.watch_id} hour {self.start}"


class DayRollup(Rollup):
    """A day in UTC."""

    watch = models.ForeignKey(Watch, models.CASCADE, related_name="days", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["watch", "start"], name="days_once")]

    def __str__(self) -> str:
        return f"{self.watch_id} day {self.start}"


class Verdict(models.Model):
    """What all locations together say now: one row for each monitor that was ever judged.

    The state has held since `since` and is known up to `covered_until`; both are seconds since
    1970. `clear_rounds` counts how long a down monitor has been below the bound for closing.
    """

    monitor = models.OneToOneField(
        Monitor, models.CASCADE, primary_key=True, related_name="verdict"
    )
    state = models.CharField(max_length=7, choices=MonitorState.choices)
    since = models.BigIntegerField()
    covered_until = models.BigIntegerField()
    clear_rounds = models.PositiveIntegerField(default=0)
    # What was done because of it, to be undone on recovery.
    incident_id = models.CharField(max_length=22, blank=True)

    def __str__(self) -> str:
        return f"{self.monitor_id} {self.state}"


class VerdictSpan(models.Model):
    """The past of a verdict: spans of up and down, in seconds since 1970; what is between is a gap.

    The newest one is the verdict's row itself and stands here when it is over.
    """

    id = models.BigAutoField(primary_key=True)
    monitor = models.ForeignKey(Monitor, models.CASCADE, related_name="spans", db_index=False)
    state = models.CharField(max_length=7, choices=MonitorState.choices)
    start = models.BigIntegerField()
    end = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["monitor", "start"], name="verdict_spans_once")
        ]
        indexes = [models.Index(fields=["monitor", "end"], name="verdict_spans_of_window")]

    def __str__(self) -> str:
        return f"{self.monitor_id} {self.state}"


class FrozenMonth(models.Model):
    """A finished month's seconds, written once: later edits and lost raw data do not change it.

    The month is one of the page's time zone as it was when it was frozen.
    """

    id = models.BigAutoField(primary_key=True)
    monitor = models.ForeignKey(Monitor, models.CASCADE, related_name="months", db_index=False)
    month = models.DateField()
    up_s = models.FloatField()
    down_s = models.FloatField()
    maintenance_s = models.FloatField()
    unknown_s = models.FloatField()
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["monitor", "month"], name="months_once")]

    def __str__(self) -> str:
        return f"{self.monitor_id} {self.month}"


class ProbeAgent(models.Model):
    """A probe that has reported itself, by its name; silent ones are forgotten after a day."""

    name = models.CharField(max_length=100, primary_key=True)
    vantage = models.CharField(max_length=64)
    locations = models.JSONField()
    version = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    is_connected = models.BooleanField()
    in_flight = models.PositiveIntegerField()
    spooled = models.PositiveIntegerField()
    # How far its clock is ahead of ours, message travel included.
    skew_s = models.FloatField()

    def __str__(self) -> str:
        return self.name
