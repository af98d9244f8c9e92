"""What the screens of incidents say with: states, instants, messages."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from pingpong.components.status import Status
from pingpong.dashboard.moments import written
from pingpong.dashboard.status_words import COMPONENT_WORDS, INCIDENT_WORDS, SIGNS
from pingpong.incidents.models import IncidentStatus
from pingpong.kit.clock import iso_z
from pingpong.kit.html import for_page

register = template.Library()


@register.filter
def incident_word(status: str) -> object:
    """Return an incident's state in the reader's language."""
    return INCIDENT_WORDS[IncidentStatus(status)]


@register.filter
def component_word(status: str) -> object:
    """Return a component's state in the reader's language."""
    return COMPONENT_WORDS[Status(status)]


@register.filter
def component_sign(status: str) -> str:
    """Return the class that colours a component's state."""
    return SIGNS[Status(status)]


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """Write an instant in the viewer's zone as a ``<time>``."""
    return format_html('<time datetime="{}">{}</time>', iso_z(at), written(at))


@register.filter
def message(stored: str) -> SafeString:
    """Let a message be HTML: it was sanitised when it was written, and only then."""
    return mark_safe(for_page(stored))  # noqa: S308 -- the dashboard's one door for such HTML
