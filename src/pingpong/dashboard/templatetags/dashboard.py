"""Tags of the dashboard's templates."""

from typing import Any

from django import template
from django.forms import BoundField
from django.http import HttpRequest

from pingpong.dashboard.assets_served import asset_path
from pingpong.dashboard.places import Link, links_of
from pingpong.dashboard.role_names import ROLE_NAMES
from pingpong.pages.models import Page
from pingpong.teams.roles import Role

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a bundle: ``{% asset "app.css" %}``."""
    return asset_path(name)


@register.inclusion_tag("dashboard/icon.html")
def icon(name: str) -> dict[str, Any]:
    """Draw an icon of `icons.html`; it says nothing to screen readers."""
    return {"name": name}


@register.inclusion_tag("dashboard/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Show a field with label, hint and errors; Django ties them together for screen readers."""
    kind = getattr(bound.field.widget, "input_type", "")
    return {"field": bound, "is_check": kind == "checkbox" and not hasattr(bound.field, "choices")}


@register.filter
def places(request: HttpRequest, page: Page) -> list[Link]:
    """Return where one can go inside a project."""
    return links_of(request, page)


@register.filter
def role_name(role: str) -> object:
    """Return a role in words of the reader's language."""
    return ROLE_NAMES[Role(role)]
