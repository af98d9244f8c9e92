"""Roles in words."""

from django.utils.translation import pgettext_lazy

from pingpong.teams.roles import Role

ROLE_NAMES = {
    Role.OWNER: pgettext_lazy("role", "Owner"),
    Role.ADMIN: pgettext_lazy("role", "Admin"),
    Role.RESPONDER: pgettext_lazy("role", "Responder"),
    Role.VIEWER: pgettext_lazy("role", "Viewer"),
}
