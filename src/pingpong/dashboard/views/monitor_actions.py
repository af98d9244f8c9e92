"""What is done to a monitor by one press: look now, pause, resume, delete."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.monitors.lifecycle import delete_monitor, pause_monitor, resume_monitor
from pingpong.monitors.look_now import LookRefusedError, NoLook, look_now
from pingpong.teams.roles import Role

from .incident_view import is_confirmed
from .monitor_view import MonitorView

_REFUSALS = {
    NoLook.HEARTBEAT: gettext_noop("A heartbeat is not looked at: its target calls us."),
    NoLook.IDLE: gettext_noop("There is nothing to test while it is paused or has no address."),
    NoLook.NO_PROBE: gettext_noop(
        "No probe is running that looks from there, so nothing can be tested now."
    ),
    NoLook.TOO_SOON: gettext_noop("It is being checked, or just was. Try again in a moment."),
}


class LookNowView(MonitorView):
    """Asks for a real check at once, for responders too; what it finds appears by itself."""

    written_by: ClassVar[Role] = Role.RESPONDER

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        try:
            look_now(self.monitor, now=self.now)
        except LookRefusedError as problem:
            toasts.warn(request, gettext(_REFUSALS[problem.reason]))
        else:
            toasts.say(request, _("A check is on its way. Its outcome appears here."))
        return redirect(self.here)


class PauseMonitorView(MonitorView):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        pause_monitor(self.monitor, by=self.by, now=self.now)
        undo = self.url("resume_monitor", monitor=self.monitor.pk)
        toasts.say(request, _("“%(name)s” is paused.") % {"name": self.monitor.name}, undo=undo)
        return redirect(self.here)


class ResumeMonitorView(MonitorView):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        resume_monitor(self.monitor, by=self.by, now=self.now)
        undo = self.url("pause_monitor", monitor=self.monitor.pk)
        name = self.monitor.name
        toasts.say(request, _("“%(name)s” is looked at again.") % {"name": name}, undo=undo)
        return redirect(self.here)


class DeleteMonitorView(MonitorView):
    """Deletes after a question; without scripts the question is a page."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        if not is_confirmed(request):
            return self.render("monitors/delete.html", {})
        name = self.monitor.name
        delete_monitor(self.monitor, by=self.by, now=self.now)
        toasts.say(request, _("“%(name)s” is deleted.") % {"name": name})
        return redirect(self.url("monitors"))
