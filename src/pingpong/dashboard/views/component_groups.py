"""What is done with one group of components."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.components.groups import change_group, delete_group
from pingpong.components.moving import PlaceGoneError, move_group, step_group
from pingpong.dashboard import toasts
from pingpong.dashboard.forms.components import GroupForm
from pingpong.teams.roles import Role

from .component_view import GroupView
from .incident_view import is_confirmed


class EditGroupView(GroupView):
    read_by: ClassVar[Role] = Role.ADMIN

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self._show(
            GroupForm(initial={"name": self.group.name, "description": self.group.description})
        )

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = GroupForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        told = form.cleaned_data
        changes = {name: told[name] for name in told if told[name] != getattr(self.group, name)}
        if changes:
            change_group(self.group, changes, by=self.by, now=self.now)
        toasts.say(request, _("The group “%(name)s” is saved.") % {"name": self.group.name})
        return redirect(f"{self.url('components')}#g-{self.group.pk}")

    def _show(self, form: GroupForm) -> HttpResponse:
        context = {"form": form, "group": self.group, "count": self.group.components.count()}
        return self.render("components/group.html", context)


class MoveGroupView(GroupView):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        is_script = bool(request.headers.get("HX-Request"))
        step = request.POST.get("step", "")
        try:
            if step in ("up", "down"):
                step_group(self.group, up=step == "up", by=self.by, now=self.now)
            elif "before" in request.POST:
                move_group(self.group, before=request.POST["before"], by=self.by, now=self.now)
        except PlaceGoneError:
            if is_script:
                return HttpResponse(status=409)
            toasts.warn(request, _("The list has changed meanwhile. Look at it again."))
        if is_script:
            return HttpResponse(status=204)
        return redirect(f"{self.url('components')}#g-{self.group.pk}")


class DeleteGroupView(GroupView):
    """Deletes a group after a question; its components stay, without a group."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        if not is_confirmed(request):
            context = {"group": self.group, "count": self.group.components.count()}
            return self.render("components/delete_group.html", context)
        name = self.group.name
        delete_group(self.group, by=self.by, now=self.now)
        toasts.say(request, _("The group “%(name)s” is deleted.") % {"name": name})
        return redirect(self.url("components"))
