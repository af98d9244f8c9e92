"""The list of components, and adding to it."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.components.groups import create_group
from pingpong.components.lifecycle import create_component
from pingpong.dashboard import toasts
from pingpong.dashboard.component_list import list_components
from pingpong.dashboard.forms.components import STATUSES, ComponentForm, GroupForm
from pingpong.dashboard.project_view import ProjectView
from pingpong.teams.roles import Role


class ComponentsView(ProjectView):
    """All components by group, in the order of the page."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        listed = list_components(self.page, request.GET, now=self.now)
        context = {
            "listed": listed,
            "statuses": STATUSES,
            # What is not all there cannot be put in order.
            "may_move": not listed.is_filtered,
        }
        return self.render("components/list.html", context)


class NewComponentView(ProjectView):
    read_by: ClassVar[Role] = Role.ADMIN

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        group = request.GET.get("group", "")
        return self._show(ComponentForm(page=self.page, group=group))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = ComponentForm(request.POST, page=self.page)
        if not form.is_valid():
            return self._show(form)
        made = create_component(self.page, **form.cleaned_data, by=self.by, now=self.now)
        toasts.say(request, _("“%(name)s” is added.") % {"name": made.name})
        if request.POST.get("action") == "another":
            again = self.url("new_component")
            return redirect(f"{again}?group={made.group_id}" if made.group_id else again)
        return redirect(f"{self.url('components')}#c-{made.pk}")

    def _show(self, form: ComponentForm) -> HttpResponse:
        return self.render("components/component.html", {"form": form, "component": None})


class NewGroupView(ProjectView):
    read_by: ClassVar[Role] = Role.ADMIN

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self._show(GroupForm())

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = GroupForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        made = create_group(self.page, **form.cleaned_data, by=self.by, now=self.now)
        toasts.say(request, _("The group “%(name)s” is added.") % {"name": made.name})
        return redirect(f"{self.url('components')}#g-{made.pk}")

    def _show(self, form: GroupForm) -> HttpResponse:
        return self.render("components/group.html", {"form": form, "group": None})
