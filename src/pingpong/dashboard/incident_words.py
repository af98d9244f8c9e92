"""What happened to an incident, in words: who did what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pingpong.events.kinds import Kind
from pingpong.events.models import Event
from pingpong.incidents.models import Incident

MOST = 30
_WORDS = {
    Kind.INCIDENT_OPENED: _("reported it"),
    Kind.INCIDENT_PUBLISHED: _("published it"),
    Kind.INCIDENT_CHANGED: _("edited it"),
    Kind.UPDATE_POSTED: _("posted an update"),
    Kind.UPDATE_CHANGED: _("edited an update"),
    Kind.UPDATE_DELETED: _("deleted an update"),
    Kind.POSTMORTEM_WRITTEN: _("wrote the postmortem"),
    Kind.POSTMORTEM_PUBLISHED: _("published the postmortem"),
    Kind.POSTMORTEM_WITHDRAWN: _("withdrew the postmortem"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the history."""

    actor: str
    did: object
    at: datetime


def notes_of(incident: Incident) -> Sequence[Note]:
    """Return who did what to an incident, newest first, at most :data:`MOST`. One query."""
    events = Event.objects.filter(
        page_id=incident.page_id,
        at__gte=incident.created_at,
        subject_id=incident.pk,
        kind__in=list(_WORDS),
    ).order_by("-at", "-id")
    return [Note(one.actor, _WORDS[Kind(one.kind)], one.at) for one in events[:MOST]]
