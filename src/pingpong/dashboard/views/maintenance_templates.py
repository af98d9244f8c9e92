"""Templates of maintenance: words, components and a length that are kept ready."""

from typing import ClassVar

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.maintenance import MaintenanceTemplateForm, chosen_from
from pingpong.dashboard.project_view import ProjectView
from pingpong.kit.ids import is_readable_id
from pingpong.kit.placeholders import KNOWN
from pingpong.kit.text import clean_line
from pingpong.maintenance.models import MaintenanceTemplate
from pingpong.maintenance.templates import (
    TemplateNameTakenError,
    change_template,
    create_template,
    delete_template,
)
from pingpong.teams.roles import Role

from .incident_templates import name_taken
from .incident_view import is_confirmed

MOST = 200
_FIELDS = ("name", "title", "message", "minutes")


class MaintenanceTemplatesView(ProjectView):
    """All templates of a project; `?q=` searches them."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        search = clean_line(request.GET.get("q", "").replace("\0", ""))[:100]
        rows = MaintenanceTemplate.objects.filter(page=self.page)
        found = rows.filter(Q(name__icontains=search) | Q(title__icontains=search))
        context = {"templates": found[:MOST], "search": search}
        return self.render("maintenance/templates.html", context)


class _WritingView(ProjectView):
    read_by: ClassVar[Role] = Role.RESPONDER
    written_by: ClassVar[Role] = Role.RESPONDER

    def show(
        self, form: MaintenanceTemplateForm, template: MaintenanceTemplate | None
    ) -> HttpResponse:
        context = {"form": form, "template": template, "known": [f"{{{{{one}}}}}" for one in KNOWN]}
        return self.render("maintenance/template.html", context)


class NewMaintenanceTemplateView(_WritingView):
    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        begun = {"minutes": 60}
        return self.show(MaintenanceTemplateForm(page=self.page, initial=begun), None)

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = MaintenanceTemplateForm(request.POST, page=self.page)
        if not form.is_valid():
            return self.show(form, None)
        try:
            create_template(
                self.page,
                **form.cleaned_data,
                affected=form.components,
                by=self.by,
                now=self.now,
            )
        except TemplateNameTakenError:
            form.add_error("name", name_taken())
            return self.show(form, None)
        toasts.say(request, _("The template is saved."))
        return redirect(self.url("maintenance_templates"))


class _OfTemplate(_WritingView):
    template: MaintenanceTemplate

    def admit(self, request: HttpRequest, **kwargs: str) -> None:
        super().admit(request, **kwargs)
        asked = kwargs["maintenance_template"]
        rows = MaintenanceTemplate.objects.filter(page=self.page)
        found = rows.filter(pk=asked).first() if is_readable_id(asked) else None
        if found is None:
            raise Http404
        self.template = found


class MaintenanceTemplateView(_OfTemplate):
    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        initial = {name: getattr(self.template, name) for name in _FIELDS}
        chosen = chosen_from(row.component_id for row in self.template.affected.all())
        return self.show(
            MaintenanceTemplateForm(page=self.page, initial=initial, chosen=chosen), self.template
        )

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = MaintenanceTemplateForm(request.POST, page=self.page)
        if not form.is_valid():
            return self.show(form, self.template)
        told = form.cleaned_data
        changes = {
            name: told[name] for name in _FIELDS if told[name] != getattr(self.template, name)
        }
        affected = form.components
        try:
            change_template(self.template, changes, affected=affected, by=self.by, now=self.now)
        except TemplateNameTakenError:
            form.add_error("name", name_taken())
            return self.show(form, self.template)
        toasts.say(request, _("The template is saved."))
        return redirect(self.url("maintenance_templates"))


class DeleteMaintenanceTemplateView(_OfTemplate):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        if not is_confirmed(request):
            return self.render("maintenance/delete_template.html", {"template": self.template})
        delete_template(self.template, by=self.by, now=self.now)
        toasts.say(request, _("The template is deleted."))
        return redirect(self.url("maintenance_templates"))
