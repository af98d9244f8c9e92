"""Who may do what, as plain facts."""

from django.db import models


class Role(models.TextChoices):
    OWNER = "owner"
    ADMIN = "admin"
    RESPONDER = "responder"
    VIEWER = "viewer"


_WRITERS = frozenset({Role.OWNER, Role.ADMIN, Role.RESPONDER})
# A responder runs incidents and maintenance; what the page is made of is an admin's.
_BUILDERS = frozenset({Role.OWNER, Role.ADMIN})
_ORDER = (Role.VIEWER, Role.RESPONDER, Role.ADMIN, Role.OWNER)


def may_respond(role: str) -> bool:
    """Tell whether a role may report incidents, plan maintenance and set a status."""
    return role in _WRITERS


def may_build(role: str) -> bool:
    """Tell whether a role may change components, groups and metrics."""
    return role in _BUILDERS


def reaches(role: str, least: str) -> bool:
    """Tell whether a role may do at least what `least` may."""
    return _ORDER.index(Role(role)) >= _ORDER.index(Role(least))
