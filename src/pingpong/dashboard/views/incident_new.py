"""Opening an incident: one screen."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.audience import audience_of
from pingpong.dashboard.forms.incidents import IncidentForm
from pingpong.dashboard.incident_opening import begun_with, open_from
from pingpong.dashboard.preview import answer_no_preview, answer_preview
from pingpong.dashboard.project_view import ProjectView
from pingpong.incidents.models import IncidentStatus, IncidentTemplate
from pingpong.kit.ids import is_readable_id
from pingpong.teams.roles import Role


class NewIncidentView(ProjectView):
    """`?template=` fills in the words and components of a template."""

    read_by: ClassVar[Role] = Role.RESPONDER
    written_by: ClassVar[Role] = Role.RESPONDER

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        template = self._template(request.GET.get("template", ""))
        begun: dict[str, Any] = {
            "status": IncidentStatus.INVESTIGATING.value,
            "notify_subscribers": True,
        }
        chosen: dict[str, str] = {}
        if template is not None:
            begun, chosen = begun_with(template, self.page, by=self.by, now=self.now)
        form = IncidentForm(
            page=self.page,
            now=self.now,
            initial=begun,
            chosen=chosen,
            is_filled_in=template is not None,
        )
        form.fields["title"].widget.attrs["autofocus"] = True
        return self._show(form, template.pk if template else "")

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        is_draft = request.POST.get("action") == "draft"
        form = sent_form(self, request, may_be_unfilled=is_draft)
        if not form.is_valid():
            return self._show(form, request.POST.get("template", ""))
        incident = open_from(form, self.page, is_draft=is_draft, by=self.by, now=self.now)
        if is_draft:
            toasts.say(request, _("The draft is saved. Only the team sees it."))
        else:
            toasts.say(request, _("The incident is on the page."))
        return redirect(self.url("incident", incident=incident.pk))

    def _show(self, form: IncidentForm, template_id: str) -> HttpResponse:
        templates = IncidentTemplate.objects.filter(page=self.page)
        return self.render(
            "incidents/new.html",
            {
                "form": form,
                "templates": templates[:200],
                "template_id": template_id,
                "audience": audience_of(self.page),
            },
        )

    def _template(self, template_id: str) -> IncidentTemplate | None:
        if not template_id:
            return None
        found = (
            IncidentTemplate.objects.filter(page=self.page, pk=template_id).first()
            if is_readable_id(template_id)
            else None
        )
        if found is None:
            raise Http404
        return found


class PreviewNewIncidentView(ProjectView):
    """The page with the incident on it, which is not stored."""

    written_by: ClassVar[Role] = Role.RESPONDER

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = sent_form(self, request, may_be_unfilled=True)
        if not form.is_valid():
            return answer_no_preview(request)
        return answer_preview(
            self.page,
            lambda: open_from(form, self.page, is_draft=False, by=self.by, now=self.now),
            now=self.now,
        )


def sent_form(view: ProjectView, request: HttpRequest, *, may_be_unfilled: bool) -> IncidentForm:
    """Return the form that a browser has sent."""
    return IncidentForm(
        request.POST,
        page=view.page,
        now=view.now,
        is_filled_in=bool(request.POST.get("template")),
        may_be_unfilled=may_be_unfilled,
    )
