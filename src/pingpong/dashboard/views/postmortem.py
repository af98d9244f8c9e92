"""The postmortem of an incident: written for the team, published when it is ready."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.incidents import PostmortemForm
from pingpong.incidents.postmortems import (
    PostmortemTooEarlyError,
    publish_postmortem,
    withdraw_postmortem,
    write_postmortem,
)
from pingpong.teams.roles import Role

from .incident import postmortem_of
from .incident_view import IncidentView


class PostmortemView(IncidentView):
    read_by: ClassVar[Role] = Role.RESPONDER

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        written = postmortem_of(self.incident)
        return self._show(PostmortemForm(initial={"message": written.text if written else ""}))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        action = request.POST.get("action")
        written = postmortem_of(self.incident)
        if action == "withdraw" and written is not None:
            withdraw_postmortem(written, by=self.by, now=self.now)
            toasts.say(request, _("The postmortem is no longer on the page."))
            return redirect(self.here)
        form = PostmortemForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        text = form.cleaned_data["message"]
        written = write_postmortem(self.incident, text=text, by=self.by, now=self.now)
        if action != "publish":
            toasts.say(request, _("The postmortem is saved."))
            return redirect(self.here)
        try:
            publish_postmortem(written, by=self.by, now=self.now)
        except PostmortemTooEarlyError:
            toasts.warn(request, _("It is saved. It can be published once the incident is over."))
        else:
            toasts.say(request, _("The postmortem is on the page."))
        return redirect(self.here)

    def _show(self, form: PostmortemForm) -> HttpResponse:
        written = postmortem_of(self.incident)
        context = {"form": form, "incident": self.incident, "postmortem": written}
        return self.render("incidents/postmortem.html", context)
