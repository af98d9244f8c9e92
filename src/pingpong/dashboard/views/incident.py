"""The screen of one incident: its story, and the next word at the top of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.audience import audience_of
from pingpong.dashboard.forms.affected import AffectedList, statuses_of
from pingpong.dashboard.forms.incidents import UpdateForm
from pingpong.dashboard.incident_words import notes_of
from pingpong.dashboard.nags import incident_nags
from pingpong.dashboard.preview import answer_no_preview, answer_preview
from pingpong.incidents.lifecycle import IncidentMovedOnError, post_update
from pingpong.incidents.models import Incident, IncidentStatus, IncidentUpdate, Postmortem
from pingpong.pages.address import page_url

from .incident_view import IncidentView

CONFLICT = 409


class _TellingView(IncidentView):
    """Reads what somebody says next: the form, and the components beside it."""

    def sent(self, request: HttpRequest) -> tuple[UpdateForm, AffectedList]:
        data: QueryDict = request.POST.copy()
        is_resolving = data.get("action") == "resolve"
        if is_resolving:
            data["status"] = IncidentStatus.RESOLVED.value
        form = UpdateForm(data)
        form.fields["message"].required = not is_resolving
        return form, AffectedList(self.page, {}, data)

    def tell(self, form: UpdateForm, listed: AffectedList, *, seen: str | None) -> IncidentUpdate:
        before = statuses_of(self.incident.affected.all())
        return post_update(
            self.incident,
            status=form.cleaned_data["status"],
            message=form.cleaned_data["message"] or resolved_message(),
            notify_subscribers=form.cleaned_data["notify_subscribers"],
            next_update_by=form.cleaned_data["next_update_by"],
            affected=None if listed.statuses == before else listed.affected,
            seen=seen,
            by=self.by,
            now=self.now,
        )


class IncidentScreenView(_TellingView):
    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        status = self.incident.status
        if status == IncidentStatus.IN_PROGRESS:
            status = IncidentStatus.INVESTIGATING.value
        form = UpdateForm(
            initial={"status": status, "notify_subscribers": self.incident.notify_subscribers}
        )
        chosen = statuses_of(self.incident.affected.all())
        return self._show(form, AffectedList(self.page, chosen))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form, listed = self.sent(request)
        if self.incident.is_draft:
            toasts.warn(request, _("This is a draft: publish it before you post updates."))
            return redirect(self.here)
        if listed.error:
            form.add_error(None, str(listed.error))
        if not form.is_valid():
            return self._show(form, listed)
        try:
            update = self.tell(form, listed, seen=request.POST.get("seen"))
        except IncidentMovedOnError:
            self.incident = self.find(self.incident.pk)
            return self._show(form, listed, is_overtaken=True)
        if update.status == IncidentStatus.RESOLVED:
            undo = self.url("delete_incident_update", incident=self.incident.pk, update=update.pk)
            toasts.say(request, _("The incident is resolved."), undo=f"{undo}?confirm")
        else:
            toasts.say(request, _("The update is on the page."))
        return redirect(self.here)

    def _show(
        self, form: UpdateForm, listed: AffectedList, *, is_overtaken: bool = False
    ) -> HttpResponse:
        newest_first = list(self.incident.updates.all())[::-1]
        context: dict[str, Any] = {
            "form": form,
            "affected": listed,
            "incident": self.incident,
            "updates": newest_first,
            "seen": newest_first[0].pk if newest_first else "",
            "is_overtaken": is_overtaken,
            "notes": notes_of(self.incident),
            "postmortem": postmortem_of(self.incident),
            "audience": audience_of(self.page),
            "public_url": f"{page_url(self.page)}incidents/{self.incident.pk}/",
            "nags": incident_nags(self.page, self.incident.pk, now=self.now),
            "now": self.now,
        }
        status = CONFLICT if is_overtaken else 200
        return self.render("incidents/incident.html", context, status=status)


class PreviewUpdateView(_TellingView):
    """The page with the update on it, which is not stored."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form, listed = self.sent(request)
        if self.incident.is_draft or listed.error or not form.is_valid():
            return answer_no_preview(request)
        return answer_preview(self.page, lambda: self.tell(form, listed, seen=None), now=self.now)


def resolved_message() -> str:
    """Return what is said of a resolution by somebody in a hurry."""
    return f"<div>{_('This incident is resolved.')}</div>"


def postmortem_of(incident: Incident) -> Postmortem | None:
    """Return the postmortem, if there is one; it was read with the incident."""
    try:
        return incident.postmortem
    except Postmortem.DoesNotExist:
        return None
