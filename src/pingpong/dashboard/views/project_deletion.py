"""Deleting a project: its owner alone, who types its short name and says again who it is."""

from typing import ClassVar

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.team import DeleteProjectForm
from pingpong.dashboard.project_view import ProjectView
from pingpong.monitors.page_deletion import delete_page_with_monitors
from pingpong.pages.models import Page
from pingpong.teams.roles import Role


class DeleteProjectView(ProjectView):
    read_by: ClassVar[Role] = Role.OWNER
    written_by: ClassVar[Role] = Role.OWNER

    def admit(self, request: HttpRequest, **kwargs: str) -> None:
        super().admit(request, **kwargs)
        raise_if_reauthentication_required(request, app="allauth.account")

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self._show(DeleteProjectForm(slug=self.page.slug))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = DeleteProjectForm(request.POST, slug=self.page.slug)
        if not form.is_valid():
            return self._show(form)
        name = self.page.name
        try:
            delete_page_with_monitors(self.page, by=self.by, now=self.now)
        except Page.DoesNotExist:
            toasts.warn(request, _("Somebody else has just deleted this project."))
        else:
            toasts.say(request, _("The project %(name)s is deleted.") % {"name": name})
        return redirect(f"{reverse('dashboard:home')}?all")

    def _show(self, form: DeleteProjectForm) -> HttpResponse:
        counted = {
            "components": self.page.components.count(),
            "incidents": self.page.incidents.count(),
            "monitors": self.page.monitors.count(),
        }
        return self.render("projects/delete.html", {"form": form, "counted": counted})
