"""What an event says, as a sentence of the reader's language."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from pingpong.components.status import Status
from pingpong.dashboard.role_names import ROLE_NAMES
from pingpong.dashboard.status_words import COMPONENT_WORDS, INCIDENT_WORDS
from pingpong.events.differences import HIDDEN
from pingpong.events.kinds import Kind
from pingpong.incidents.models import IncidentStatus
from pingpong.kit.html import as_text
from pingpong.teams.roles import Role

from .audit_sentences import SENTENCES

# A kind begins with one of these and a dot.
SUBJECTS = {
    "component": _("Components"),
    "group": _("Groups"),
    "incident": _("Incidents"),
    "incident_template": _("Incident templates"),
    "maintenance": pgettext_lazy("menu", "Maintenance"),
    "maintenance_series": _("Repeating maintenance"),
    "maintenance_template": _("Maintenance templates"),
    "monitor": _("Monitors"),
    "custom_metric": _("Custom metrics"),
    "page": _("Project and page"),
    "member": _("Members"),
    "invitation": _("Invitations"),
    "token": _("API tokens"),
}
FIELDS = {
    "name": _("Name"),
    "title": _("Name"),
    "description": _("Description"),
    "group": _("Group"),
    "status": _("Status"),
    "own_status": _("Status"),
    "opened_as": _("First status"),
    "showcased": _("Shown on the page"),
    "message": _("Message"),
    "text": _("Text"),
    "occurred_at": _("Began"),
    "scheduled_for": _("Begins"),
    "ends_at": _("Ends"),
    "notify_subscribers": _("Notify subscribers"),
    "affected_components": _("Affected components"),
    "next_update_by": _("Next update by"),
    "component": _("Component"),
    "url": _("Address"),
    "frequency": _("Frequency"),
    "location": _("Location"),
    "more_locations": _("More locations"),
    "options": _("Options"),
    "secrets": _("Secrets"),
    "kind": _("Kind"),
    "suffix": _("Unit"),
    "rollup": _("Rollup"),
    "role": _("Role"),
    "slug": _("Short name in the address"),
    "time_zone": _("Time zone"),
    "shows_doubts": _("Tell visitors where our probes see a problem"),
    "color": _("Brand colour"),
    "dark_color": _("Brand colour in the dark"),
    "header_links": _("Links at the top"),
    "footer_links": _("Links at the bottom"),
    "css_typed": _("Style sheet"),
    "logo": _("Logo"),
    "logo_dark": _("Logo for dark screens"),
    "icon": _("Icon"),
}
_TEXTS = frozenset({"message", "text"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, with its value before and after; of a hidden one neither is known."""

    label: object
    before: str
    after: str
    is_hidden: bool = False


def sentence(kind: str, who: str, data: dict[str, Any]) -> str:
    """Say what happened; a kind that nobody has put into words is named as it is."""
    known = {
        "who": who or gettext("PingPong"),
        "name": data.get("name") or data.get("title") or gettext("(without a name)"),
        "status": _status(data.get("status")),
        "role": _role(data.get("role")),
        "host": data.get("host", ""),
        "kind": kind,
    }
    if kind == Kind.INVITATION_CREATED and not data.get("name"):
        return gettext("%(who)s made an invitation link for the role %(role)s.") % known
    unknown = _("%(who)s: %(kind)s, %(name)s.")
    template = SENTENCES[Kind(kind)] if kind in SENTENCES else unknown
    return str(template) % known


def differences_of(data: dict[str, Any]) -> list[Difference]:
    """Return the fields that the event tells of, in words; nothing that is not of that shape."""
    told = data.get("differences")
    if not isinstance(told, dict):
        return []
    return [_difference(name, pair) for name, pair in told.items()]


def _difference(name: str, pair: Any) -> Difference:
    label = FIELDS.get(name) or name.replace("_", " ").capitalize()
    if pair == HIDDEN or not isinstance(pair, list) or len(pair) != len(("before", "after")):
        return Difference(label, "", "", is_hidden=True)
    before, after = (_value(name, one) for one in pair)
    return Difference(label, before, after)


def _value(name: str, value: Any) -> str:
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if name == "role":
        return _role(value)
    if name == "own_status":
        return _status(value)
    return as_text(value) if name in _TEXTS and isinstance(value, str) else raw_value(value)


def raw_value(value: Any) -> str:
    """Write a value as it is, for the CSV too."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _status(value: Any) -> str:
    if value in Status.values:
        return str(COMPONENT_WORDS[Status(value)])
    if value in IncidentStatus.values:
        return str(INCIDENT_WORDS[IncidentStatus(value)])
    return str(value or "")


def _role(value: Any) -> str:
    return str(ROLE_NAMES[Role(value)]) if value in Role.values else str(value or "")
