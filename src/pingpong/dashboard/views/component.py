"""What is done with one component."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.components.lifecycle import change_component, delete_component, set_own_status
from pingpong.components.models import Component, ComponentGroup
from pingpong.components.moving import PlaceGoneError, move_component, step_component
from pingpong.components.status import Status
from pingpong.dashboard import toasts
from pingpong.dashboard.forms.components import ComponentForm
from pingpong.dashboard.status_words import COMPONENT_WORDS
from pingpong.teams.roles import Role

from .component_view import ComponentView
from .incident_view import is_confirmed


class EditComponentView(ComponentView):
    read_by: ClassVar[Role] = Role.ADMIN

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self._show(ComponentForm(page=self.page, component=self.component))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = ComponentForm(request.POST, page=self.page, component=self.component)
        if not form.is_valid():
            return self._show(form)
        told = form.cleaned_data
        changes = {name: told[name] for name in told if told[name] != getattr(self.component, name)}
        if changes:
            change_component(self.component, changes, by=self.by, now=self.now)
        toasts.say(request, _("“%(name)s” is saved.") % {"name": self.component.name})
        return redirect(self.here)

    def _show(self, form: ComponentForm) -> HttpResponse:
        # What was typed is in the form; the heading keeps the name that is stored.
        return self.render("components/component.html", {"form": form, "component": self.component})


class ComponentStatusView(ComponentView):
    """Sets what the component is by itself; `?status=` is the way back that a toast offers."""

    written_by: ClassVar[Role] = Role.RESPONDER

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        status = request.POST.get("status") or request.GET.get("status", "")
        if status not in Status.values:
            toasts.warn(request, _("Choose a status of the list."))
            return redirect(self.here)
        before = self.component.own_status
        if before != status:
            set_own_status(self.component, status, by=self.by, now=self.now)
        words = {"name": self.component.name, "status": COMPONENT_WORDS[Status(status)]}
        way_back = self.url("set_component_status", component=self.component.pk)
        undo = f"{way_back}?status={before.replace(' ', '+')}" if before != status else ""
        return self.answer(_("“%(name)s”: %(status)s.") % words, undo=undo)


class ShowcaseComponentView(ComponentView):
    """Turns the switch that says whether the public page shows it."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        is_on = request.POST.get("showcased") == "on"
        if self.component.showcased != is_on:
            change_component(self.component, {"showcased": is_on}, by=self.by, now=self.now)
        shown = _("“%(name)s” is on the public page.")
        hidden = _("“%(name)s” is not on the public page.")
        return self.answer((shown if is_on else hidden) % {"name": self.component.name})


class MoveComponentView(ComponentView):
    """Moves by a step (`step`: up or down), or to a group before another component."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        is_script = bool(request.headers.get("HX-Request"))
        try:
            self._move(request.POST.get("step", ""))
        except (PlaceGoneError, Component.DoesNotExist, ComponentGroup.DoesNotExist):
            if is_script:
                return HttpResponse(status=409)
            toasts.warn(request, _("The list has changed meanwhile. Look at it again."))
        return HttpResponse(status=204) if is_script else redirect(self.here)

    def _move(self, step: str) -> None:
        if step in ("up", "down"):
            step_component(self.component, up=step == "up", by=self.by, now=self.now)
        elif "group" in self.request.POST:
            wanted = self.request.POST["group"].replace("\0", "")
            rows = ComponentGroup.objects.filter(page=self.page)
            group = rows.get(pk=wanted) if wanted else None
            before = self.request.POST.get("before", "")
            move_component(self.component, group=group, before=before, by=self.by, now=self.now)


class DeleteComponentView(ComponentView):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        if not is_confirmed(request):
            return self.render("components/delete.html", {"component": self.component})
        name = self.component.name
        delete_component(self.component, by=self.by, now=self.now)
        toasts.say(request, _("“%(name)s” is deleted.") % {"name": name})
        return redirect(self.url("components"))
