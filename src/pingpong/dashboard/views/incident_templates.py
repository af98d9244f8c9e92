"""Templates: words and components that are kept ready for a bad night."""

from typing import ClassVar

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.affected import statuses_of
from pingpong.dashboard.forms.incidents import TemplateForm
from pingpong.dashboard.project_view import ProjectView
from pingpong.incidents.models import IncidentStatus, IncidentTemplate
from pingpong.incidents.templates import (
    TemplateNameTakenError,
    change_template,
    create_template,
    delete_template,
)
from pingpong.kit.ids import is_readable_id
from pingpong.kit.placeholders import KNOWN
from pingpong.kit.text import clean_line
from pingpong.teams.roles import Role

from .incident_view import is_confirmed

MOST = 200
_FIELDS = ("name", "title", "message", "status")


class IncidentTemplatesView(ProjectView):
    """All templates of a project; `?q=` searches them."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        search = clean_line(request.GET.get("q", "").replace("\0", ""))[:100]
        rows = IncidentTemplate.objects.filter(page=self.page)
        found = rows.filter(Q(name__icontains=search) | Q(title__icontains=search))
        context = {"templates": found[:MOST], "search": search}
        return self.render("incidents/templates.html", context)


class _WritingView(ProjectView):
    read_by: ClassVar[Role] = Role.RESPONDER
    written_by: ClassVar[Role] = Role.RESPONDER

    def show(self, form: TemplateForm, template: IncidentTemplate | None) -> HttpResponse:
        context = {"form": form, "template": template, "known": [f"{{{{{one}}}}}" for one in KNOWN]}
        return self.render("incidents/template.html", context)


class NewIncidentTemplateView(_WritingView):
    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        begun = {"status": IncidentStatus.INVESTIGATING.value}
        return self.show(TemplateForm(page=self.page, initial=begun), None)

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = TemplateForm(request.POST, page=self.page)
        if not form.is_valid():
            return self.show(form, None)
        try:
            create_template(
                self.page,
                **form.cleaned_data,
                affected=form.affected.affected,
                by=self.by,
                now=self.now,
            )
        except TemplateNameTakenError:
            form.add_error("name", name_taken())
            return self.show(form, None)
        toasts.say(request, _("The template is saved."))
        return redirect(self.url("incident_templates"))


class _OfTemplate(_WritingView):
    template: IncidentTemplate

    def admit(self, request: HttpRequest, **kwargs: str) -> None:
        super().admit(request, **kwargs)
        asked = kwargs["incident_template"]
        rows = IncidentTemplate.objects.filter(page=self.page)
        found = rows.filter(pk=asked).first() if is_readable_id(asked) else None
        if found is None:
            raise Http404
        self.template = found


class IncidentTemplateView(_OfTemplate):
    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        initial = {name: getattr(self.template, name) for name in _FIELDS}
        chosen = statuses_of(self.template.affected.all())
        return self.show(
            TemplateForm(page=self.page, initial=initial, chosen=chosen), self.template
        )

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = TemplateForm(request.POST, page=self.page)
        if not form.is_valid():
            return self.show(form, self.template)
        told = form.cleaned_data
        changes = {
            name: told[name] for name in _FIELDS if told[name] != getattr(self.template, name)
        }
        affected = form.affected.affected
        try:
            change_template(self.template, changes, affected=affected, by=self.by, now=self.now)
        except TemplateNameTakenError:
            form.add_error("name", name_taken())
            return self.show(form, self.template)
        toasts.say(request, _("The template is saved."))
        return redirect(self.url("incident_templates"))


class DeleteIncidentTemplateView(_OfTemplate):
    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        if not is_confirmed(request):
            return self.render("incidents/delete_template.html", {"template": self.template})
        delete_template(self.template, by=self.by, now=self.now)
        toasts.say(request, _("The template is deleted."))
        return redirect(self.url("incident_templates"))


def name_taken() -> str:
    return _("Another template has this name.")
