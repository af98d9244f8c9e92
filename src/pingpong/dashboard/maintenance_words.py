"""What happened to a maintenance, in words; and its states."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingpong.events.kinds import Kind
from pingpong.events.models import Event
from pingpong.maintenance.models import Maintenance, MaintenanceStatus

from .incident_words import MOST, Note

STATUS_WORDS = {
    MaintenanceStatus.UPCOMING: pgettext_lazy("maintenance", "Upcoming"),
    MaintenanceStatus.IN_PROGRESS: _("In progress"),
    MaintenanceStatus.COMPLETE: _("Complete"),
}
STATUS_SIGNS = {
    MaintenanceStatus.UPCOMING: "none",
    MaintenanceStatus.IN_PROGRESS: "work",
    MaintenanceStatus.COMPLETE: "ok",
}
_WORDS = {
    Kind.MAINTENANCE_SCHEDULED: _("planned it"),
    Kind.MAINTENANCE_CHANGED: _("changed it"),
    Kind.MAINTENANCE_STARTED: _("it began"),
    Kind.MAINTENANCE_COMPLETED: _("it ended"),
}


def notes_of(maintenance: Maintenance) -> Sequence[Note]:
    """Return who did what to a window, newest first, at most :data:`MOST`. One query."""
    events = Event.objects.filter(
        page_id=maintenance.page_id,
        at__gte=maintenance.created_at,
        subject_id=maintenance.pk,
        kind__in=list(_WORDS),
    ).order_by("-at", "-id")
    return [Note(one.actor, _WORDS[Kind(one.kind)], one.at) for one in events[:MOST]]
