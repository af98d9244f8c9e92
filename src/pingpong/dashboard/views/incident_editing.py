"""Correcting an incident itself: its name, its time, its components; drafts above all."""

import hashlib
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.audience import audience_of
from pingpong.dashboard.forms.affected import statuses_of
from pingpong.dashboard.forms.incidents import IncidentForm
from pingpong.dashboard.preview import answer_no_preview, answer_preview
from pingpong.incidents.lifecycle import change_incident, publish_incident
from pingpong.incidents.models import Incident
from pingpong.teams.roles import Role

from .incident import CONFLICT
from .incident_view import IncidentView

_FIELDS = {
    "title": "title",
    "message": "message",
    "occurred_at": "occurred_at",
    "opened_as": "status",
    "notify_subscribers": "notify_subscribers",
    "next_update_by": "next_update_by",
}


class _EditingView(IncidentView):
    read_by: ClassVar[Role] = Role.RESPONDER

    def form_of(self, data: Any = None) -> IncidentForm:
        initial = {name: getattr(self.incident, field) for field, name in _FIELDS.items()}
        return IncidentForm(
            data,
            page=self.page,
            now=self.now,
            initial=initial,
            chosen=statuses_of(self.incident.affected.all()),
        )

    def change(self, form: IncidentForm) -> None:
        """Write what differs, and nothing where nothing does."""
        told = {**form.cleaned_data}
        told["occurred_at"] = told["occurred_at"] or self.incident.occurred_at
        changes = {
            field: told[name]
            for field, name in _FIELDS.items()
            if told[name] != getattr(self.incident, field)
        }
        is_same = form.affected.statuses == statuses_of(self.incident.affected.all())
        if changes or not is_same:
            affected = None if is_same else form.affected.affected
            change_incident(self.incident, changes, affected=affected, by=self.by, now=self.now)


class EditIncidentView(_EditingView):
    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self._show(self.form_of())

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = self.form_of(request.POST)
        if not form.is_valid():
            return self._show(form)
        if request.POST.get("seen", "") not in ("", fingerprint_of(self.incident)):
            return self._show(form, is_overtaken=True)
        self.change(form)
        if request.POST.get("action") == "publish" and self.incident.is_draft:
            publish_incident(self.incident, by=self.by, now=self.now)
            toasts.say(request, _("The incident is on the page."))
        else:
            toasts.say(request, _("The changes are saved."))
        return redirect(self.here)

    def _show(self, form: IncidentForm, *, is_overtaken: bool = False) -> HttpResponse:
        context = {
            "form": form,
            "incident": self.incident,
            "seen": fingerprint_of(self.incident),
            "is_overtaken": is_overtaken,
            "audience": audience_of(self.page),
        }
        status = CONFLICT if is_overtaken else 200
        return self.render("incidents/edit.html", context, status=status)


class PreviewEditView(_EditingView):
    """The page with the changes on it, which are not stored; a draft as if it were published.

    Without a form it is the incident as it stands.
    """

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = self.form_of(request.POST) if "title" in request.POST else None
        if form is not None and not form.is_valid():
            return answer_no_preview(request)

        def make_it_so() -> None:
            if form is not None:
                self.change(form)
            publish_incident(self.incident, by=self.by, now=self.now)

        return answer_preview(self.page, make_it_so, now=self.now)


def fingerprint_of(incident: Incident) -> str:
    """Stand for what a form of this incident shows; another one means that somebody changed it."""
    facts = [str(getattr(incident, field)) for field in _FIELDS]
    facts += [f"{pk}={status}" for pk, status in statuses_of(incident.affected.all()).items()]
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()[:16]
