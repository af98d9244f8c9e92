"""Where monitors are set up and changed."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.monitors import MonitorForm
from pingpong.dashboard.project_view import ProjectView
from pingpong.monitors.lifecycle import change_monitor, create_monitor
from pingpong.teams.roles import Role

from .monitor_view import MonitorView


class NewMonitorView(ProjectView):
    read_by: ClassVar[Role] = Role.ADMIN

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self.show(MonitorForm(page=self.page))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = MonitorForm(request.POST, page=self.page)
        if not form.is_valid():
            return self.show(form)
        monitor = create_monitor(self.page, **form.verb_fields(), by=self.by, now=self.now)
        toasts.say(request, _("“%(name)s” is watched from now on.") % {"name": monitor.name})
        return redirect(self.url("monitor", monitor=monitor.pk))

    def show(self, form: MonitorForm) -> HttpResponse:
        return self.render("monitors/form.html", {"form": form})


class EditMonitorView(MonitorView):
    read_by: ClassVar[Role] = Role.ADMIN

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self.show(MonitorForm(page=self.page, monitor=self.monitor))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = MonitorForm(request.POST, page=self.page, monitor=self.monitor)
        if not form.is_valid():
            return self.show(form)
        changes = form.verb_fields()
        if changes:
            change_monitor(self.monitor, changes, by=self.by, now=self.now)
        toasts.say(request, _("The monitor is saved."))
        return redirect(self.here)

    def show(self, form: MonitorForm) -> HttpResponse:
        return self.render("monitors/form.html", {"form": form})
