"""Correcting and taking back single updates."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.incidents import UpdateForm
from pingpong.incidents.lifecycle import change_update, delete_update
from pingpong.incidents.models import IncidentUpdate
from pingpong.teams.roles import Role

from .incident_view import ConfirmedView, IncidentView

_FIELDS = ("status", "message", "notify_subscribers", "next_update_by")


class _OfUpdate(IncidentView):
    """One update of the incident that the address names."""

    read_by = Role.RESPONDER
    update: IncidentUpdate

    def admit(self, request: HttpRequest, **kwargs: str) -> None:
        super().admit(request, **kwargs)
        found = [one for one in self.incident.updates.all() if one.pk == kwargs["update"]]
        if not found:
            raise Http404
        self.update = found[0]


class IncidentUpdateView(_OfUpdate):
    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self._show(
            UpdateForm(initial={name: getattr(self.update, name) for name in _FIELDS})
        )

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = UpdateForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        changes = {
            name: form.cleaned_data[name]
            for name in _FIELDS
            if form.cleaned_data[name] != getattr(self.update, name)
        }
        if changes:
            change_update(self.update, changes, by=self.by, now=self.now)
        toasts.say(request, _("The update is changed."))
        return redirect(self.here)

    def _show(self, form: UpdateForm) -> HttpResponse:
        context = {"form": form, "incident": self.incident, "update": self.update}
        return self.render("incidents/update.html", context)


class DeleteIncidentUpdateView(ConfirmedView, _OfUpdate):
    def ask(self) -> HttpResponse:
        context = {"incident": self.incident, "update": self.update}
        return self.render("incidents/delete_update.html", context)

    def do(self) -> HttpResponse:
        delete_update(self.update, by=self.by, now=self.now)
        toasts.say(self.request, _("The update is deleted."))
        return redirect(self.here)
