"""Our states in the words of the format that status pages share (`/api/v2/`)."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from pingpong.components.status import Status
from pingpong.incidents.models import IncidentStatus
from pingpong.maintenance.models import MaintenanceStatus
from pingpong.overview import page_status
from pingpong.overview.summary import Summary

# The format has no word for what is not known; neither does our page call it an issue.
_COMPONENTS = {
    Status.OPERATIONAL: "operational",
    Status.UNKNOWN: "operational",
    Status.MAINTENANCE: "under_maintenance",
    Status.MINOR: "degraded_performance",
    Status.MAJOR: "partial_outage",
    Status.CRITICAL: "major_outage",
    Status.UNAVAILABLE: "major_outage",
}
_BEST_FIRST = tuple(dict.fromkeys(_COMPONENTS.values()))
_IMPACTS = {
    "operational": "none",
    "under_maintenance": "maintenance",
    "degraded_performance": "minor",
    "partial_outage": "major",
    "major_outage": "critical",
}
_INCIDENTS = {
    IncidentStatus.IN_PROGRESS: "investigating",
    IncidentStatus.INVESTIGATING: "investigating",
    IncidentStatus.IDENTIFIED: "identified",
    IncidentStatus.VERIFYING: "monitoring",
    IncidentStatus.RESOLVED: "resolved",
}
_WINDOWS = {
    MaintenanceStatus.UPCOMING: "scheduled",
    MaintenanceStatus.IN_PROGRESS: "in_progress",
    MaintenanceStatus.COMPLETE: "completed",
}
_DESCRIPTIONS = {
    "none": "All Systems Operational",
    "minor": "Partially Degraded Service",
    "major": "Partial System Outage",
    "critical": "Major Service Outage",
    "maintenance": "Service Under Maintenance",
}


def component_word(status: str) -> str:
    return _COMPONENTS[Status(status)]


def incident_word(status: str) -> str:
    return _INCIDENTS[IncidentStatus(status)]


def window_word(status: str) -> str:
    return _WINDOWS[MaintenanceStatus(status)]


def worst(words: Iterable[str]) -> str:
    """Return the worst of some words for components."""
    return max(words, key=_BEST_FIRST.index, default="operational")


def impact(words: Iterable[str]) -> str:
    """Return what an incident does to components, in the word for the worst."""
    return _IMPACTS[worst(words)]


def page_words(summary: Summary) -> tuple[str, str]:
    """Return the indicator of the whole page, and how it is described."""
    words = [component_word(one.status) for one in summary.components]
    if summary.status == page_status.OPERATIONAL:
        indicator = "none"
    elif summary.status == page_status.MAINTENANCE:
        indicator = "maintenance"
    elif summary.status == page_status.DOWN_WORDS:
        indicator = "critical"
    else:
        is_outage = worst(words) in ("partial_outage", "major_outage")
        indicator = "major" if is_outage else "minor"
    return indicator, _DESCRIPTIONS[indicator]


def stamp(at: datetime, zone: tzinfo) -> str:
    """Write an instant as the format does: ``2014-05-14T14:22:39.441-06:00``, in UTC with a Z."""
    return at.astimezone(zone).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def stamp_if(at: datetime | None, zone: tzinfo) -> str | None:
    return None if at is None else stamp(at, zone)
