"""The probes that have reported themselves, and from where somebody looks now."""

from datetime import UTC, datetime, timedelta

from pingpong.probe.contract import Report

from .models import ProbeAgent

# Three reports missed: nobody is there.
FRESH_FOR = timedelta(seconds=35)
# A clock that is further off is told of.
SKEWED_FROM_S = 30.0
_NAME_LENGTH = 100
_MOST_COUNTED = 2**31 - 1


def note_report(report: Report, *, now: datetime) -> None:
    """Write down what a probe says of itself."""
    ProbeAgent.objects.update_or_create(
        name=report.agent[:_NAME_LENGTH],
        defaults={
            "vantage": report.vantage[:64],
            "locations": report.locations[:50],
            "version": report.version[:40],
            "started_at": datetime.fromtimestamp(report.started_at, tz=UTC),
            "seen_at": now,
            "is_connected": report.is_connected,
            "in_flight": max(0, min(report.in_flight, _MOST_COUNTED)),
            "spooled": max(0, min(report.spooled, _MOST_COUNTED)),
            "skew_s": report.sent_at - now.timestamp(),
        },
    )


def served_locations(now: datetime) -> frozenset[str]:
    """Return the locations from which some probe has reported itself of late. One query."""
    fresh = ProbeAgent.objects.filter(seen_at__gt=now - FRESH_FOR)
    return frozenset(
        location for some in fresh.values_list("locations", flat=True) for location in some
    )
