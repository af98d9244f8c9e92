"""Putting the overview's warnings aside for a while."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.project_view import ProjectView
from pingpong.pages.warnings import hide_warnings
from pingpong.teams.roles import Role


class HideNagsView(ProjectView):
    written_by: ClassVar[Role] = Role.RESPONDER

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        hide_warnings(self.page, by=self.by, now=self.now)
        toasts.say(request, _("These warnings are put aside for four hours. New ones are shown."))
        return redirect(self.url("overview"))
