"""What is done to an incident by one press: publish, resolve, delete."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.text_fields import MessageField
from pingpong.incidents.lifecycle import (
    IncidentMovedOnError,
    delete_incident,
    post_update,
    publish_incident,
)
from pingpong.incidents.models import IncidentStatus

from .incident import resolved_message
from .incident_view import ConfirmedView, IncidentView


class PublishIncidentView(IncidentView):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        publish_incident(self.incident, by=self.by, now=self.now)
        toasts.say(request, _("The incident is on the page."))
        return redirect(self.here)


class ResolveIncidentView(IncidentView):
    """Ends an incident from the list; the message may be left as it is."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        if self.incident.is_draft or self.incident.resolved_at is not None:
            toasts.warn(request, _("This incident does not go on."))
            return redirect(self.url("incidents"))
        try:
            typed = MessageField(required=False).clean(request.POST.get("message", ""))
        except ValidationError as problem:
            toasts.warn(request, " ".join(problem.messages))
            return redirect(self.here)
        try:
            update = post_update(
                self.incident,
                status=IncidentStatus.RESOLVED,
                message=typed or resolved_message(),
                seen=request.POST.get("seen"),
                by=self.by,
                now=self.now,
            )
        except IncidentMovedOnError:
            toasts.warn(request, _("Somebody else has posted an update meanwhile. Read it first."))
            return redirect(self.here)
        undo = self.url("delete_incident_update", incident=self.incident.pk, update=update.pk)
        toasts.say(
            request,
            _("“%(title)s” is resolved.") % {"title": self.incident.title},
            undo=f"{undo}?confirm",
        )
        return redirect(self.url("incidents"))


class DeleteIncidentView(ConfirmedView):
    def ask(self) -> HttpResponse:
        return self.render("incidents/delete.html", {"incident": self.incident})

    def do(self) -> HttpResponse:
        title = self.incident.title
        delete_incident(self.incident, by=self.by, now=self.now)
        toasts.say(self.request, _("“%(title)s” is deleted.") % {"title": title})
        return redirect(self.url("incidents"))
