"""What all screens of the page settings have in common."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingpong.dashboard.preview import framed
from pingpong.dashboard.project_view import INVALID, ProjectView
from pingpong.teams.roles import Role, reaches

TABS = (
    ("page_settings", gettext_lazy("General")),
    ("page_translations", gettext_lazy("Translations")),
    ("page_look", gettext_lazy("Look")),
    ("page_sheet", gettext_lazy("Style sheet")),
    ("page_domain", gettext_lazy("Domain")),
    ("page_access", gettext_lazy("Who can see it")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    label: object
    url: str
    is_current: bool


class SettingsView(ProjectView):
    """Everybody of the team reads; whoever builds the page changes it."""

    tab = ""

    def show(self, template: str, context: dict[str, Any]) -> HttpResponse:
        """Render a screen; to those who may only read, its form is closed."""
        form = context.get("form")
        if isinstance(form, BaseForm) and not self.may_change:
            for field in form.fields.values():
                field.disabled = True
        return self.render(f"page_settings/{template}", context)

    @property
    def may_change(self) -> bool:
        return reaches(self.membership.role, Role.ADMIN)

    def surroundings(self) -> dict[str, Any]:
        tabs = [Tab(label, self.url(name), name == self.tab) for name, label in TABS]
        return {**super().surroundings(), "tabs": tabs}


def answer_unseen(request: HttpRequest) -> HttpResponse:
    """Answer a frame that has nothing to show, because a form says so itself."""
    text = _("There is something to correct before it can be seen.")
    template = "dashboard/page_settings/unseen.html"
    return framed(render(request, template, {"text": text}, status=INVALID))
