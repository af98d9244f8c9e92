"""The contract's words for states, in the reader's language, and the sign beside each."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingpong.components.status import Status
from pingpong.incidents.models import IncidentStatus

INCIDENT_WORDS = {
    IncidentStatus.IN_PROGRESS: _("In progress"),
    IncidentStatus.INVESTIGATING: _("Investigating"),
    IncidentStatus.IDENTIFIED: _("Identified"),
    IncidentStatus.VERIFYING: _("Verifying"),
    IncidentStatus.RESOLVED: _("Resolved"),
}
# The worst first: what somebody chooses in a hurry is at hand.
COMPONENT_WORDS = {
    Status.CRITICAL: _("Critical state"),
    Status.UNAVAILABLE: pgettext_lazy("component", "Unavailable"),
    Status.MAJOR: _("Major issues"),
    Status.MINOR: _("Minor issues"),
    Status.MAINTENANCE: _("Maintenance mode"),
    Status.UNKNOWN: pgettext_lazy("component", "Unknown"),
    Status.OPERATIONAL: _("Operational"),
}
SIGNS = {
    Status.OPERATIONAL: "ok",
    Status.MINOR: "minor",
    Status.MAJOR: "major",
    Status.CRITICAL: "down",
    Status.UNAVAILABLE: "down",
    Status.MAINTENANCE: "work",
    Status.UNKNOWN: "none",
}
