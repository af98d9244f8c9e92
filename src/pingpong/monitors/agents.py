"""The probes that have reported themselves, and from where somebody looks now."""

from datetime import UTC, datetime, timedelta

from pingpong.probe.contract import LOCATIONS, Report

from .models import ProbeAgent

# Three reports missed: nobody is there.
FRESH_FOR = timedelta(seconds=35)
# A clock that is further off is told of.
SKEWED_FROM_S = 30.0
_NAME_LENGTH = 100
VANTAGE_LENGTH = 64
# The end of the year 9999.
LATEST_S = 253_402_300_799
_MOST_COUNTED = 2**31 - 1


def note_report(report: Report, *, now: datetime) -> None:
    """Write down what a probe says of itself."""
    ProbeAgent.objects.update_or_create(
        name=as_name(report.agent, _NAME_LENGTH),
        defaults={
            "vantage": as_name(report.vantage, VANTAGE_LENGTH),
            "locations": [one for one in LOCATIONS if one in report.locations],
            "version": as_name(report.version, 40),
            "started_at": datetime.fromtimestamp(
                max(0.0, min(report.started_at, LATEST_S)), tz=UTC
            ),
            "seen_at": now,
            "is_connected": report.is_connected,
            "in_flight": max(0, min(report.in_flight, _MOST_COUNTED)),
            "spooled": max(0, min(report.spooled, _MOST_COUNTED)),
            "skew_s": report.sent_at - now.timestamp(),
        },
    )


def as_name(text: str, length: int) -> str:
    """Return what a probe calls something in a form that any database takes."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:length]


def served_locations(now: datetime) -> frozenset[str]:
    """Return the locations from which some probe has reported itself of late. One query."""
    fresh = ProbeAgent.objects.filter(seen_at__gt=now - FRESH_FOR)
    return frozenset(
        location for some in fresh.values_list("locations", flat=True) for location in some
    )
