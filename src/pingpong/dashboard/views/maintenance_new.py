"""Planning maintenance: one screen, once or again and again."""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import escape

from pingpong.dashboard import toasts
from pingpong.dashboard.audience import audience_of
from pingpong.dashboard.forms.maintenance import MaintenanceForm, chosen_from
from pingpong.dashboard.forms.minutes import YEARS
from pingpong.dashboard.maintenance_planning import plan_from, planned_toast
from pingpong.dashboard.maintenance_times import table_of_form
from pingpong.dashboard.preview import answer_preview, framed
from pingpong.dashboard.project_view import INVALID, ProjectView
from pingpong.kit.ids import is_readable_id
from pingpong.kit.placeholders import fill_in
from pingpong.maintenance.models import MaintenanceTemplate
from pingpong.maintenance.wall_time import wall_time_of
from pingpong.teams.roles import Role

_USUAL = timedelta(hours=1)
MOST_TEMPLATES = 200


class NewMaintenanceView(ProjectView):
    """`?template=` fills in the words and components of a template, `?day=` the day."""

    read_by: ClassVar[Role] = Role.RESPONDER
    written_by: ClassVar[Role] = Role.RESPONDER

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        template = self._template(request.GET.get("template", ""))
        starts = self._first_start(request.GET.get("day", ""))
        begun: dict[str, Any] = {
            "starts": starts,
            "ends": starts + _USUAL,
            "notify_subscribers": True,
        }
        chosen: dict[str, str] = {}
        if template is not None:
            rows = list(template.affected.select_related("component"))
            begun |= self._begun_with(template, [row.component.name for row in rows])
            begun["ends"] = starts + timedelta(minutes=template.minutes)
            chosen = chosen_from(row.component_id for row in rows)
        form = MaintenanceForm(
            page=self.page, initial=begun, chosen=chosen, is_filled_in=template is not None
        )
        form.fields["title"].widget.attrs["autofocus"] = True
        return self._show(form, template.pk if template else "")

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = sent_form(self, request)
        template_id = request.POST.get("template", "")
        if request.POST.get("action") == "dates" or not form.is_valid():
            return self._show(form, template_id)
        window = plan_from(form, self.page, by=self.by, now=self.now)
        toasts.say(request, planned_toast(form, self.page))
        if window is None:
            return redirect(self.url("maintenance"))
        return redirect(self.url("one_maintenance", maintenance=window.pk))

    def _show(self, form: MaintenanceForm, template_id: str) -> HttpResponse:
        templates = MaintenanceTemplate.objects.filter(page=self.page)
        return self.render(
            "maintenance/new.html",
            {
                "form": form,
                "templates": templates[:MOST_TEMPLATES],
                "template_id": template_id,
                "table": table_of_form(form, self.page.time_zone),
                "audience": audience_of(self.page),
                "may_repeat": True,
            },
        )

    def _first_start(self, day: str) -> datetime:
        next_hour = wall_time_of(self.now, timezone.get_current_timezone()).replace(minute=0)
        next_hour += timedelta(hours=1)
        try:
            asked = datetime.strptime(day, "%Y-%m-%d")  # noqa: DTZ007 -- a wall time
        except ValueError:
            return next_hour
        if asked.year not in YEARS:
            return next_hour
        return datetime.combine(asked.date(), next_hour.time())

    def _begun_with(self, template: MaintenanceTemplate, names: list[str]) -> dict[str, Any]:
        values = {"page": self.page.name, "person": self.by.name, "component": ", ".join(names)}
        escaped = {name: escape(value) for name, value in values.items()}
        return {
            "title": fill_in(template.title, values),
            "message": fill_in(template.message, escaped),
        }

    def _template(self, template_id: str) -> MaintenanceTemplate | None:
        if not template_id:
            return None
        rows = MaintenanceTemplate.objects.filter(page=self.page, pk=template_id)
        found = rows.first() if is_readable_id(template_id) else None
        if found is None:
            raise Http404
        return found


class PreviewNewMaintenanceView(ProjectView):
    """The page with the maintenance on it, which is not stored."""

    written_by: ClassVar[Role] = Role.RESPONDER

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = sent_form(self, request, may_be_unfilled=True)
        if not form.is_valid():
            return answer_nothing_to_see(self)
        return answer_preview(
            self.page,
            lambda: plan_from(form, self.page, by=self.by, now=self.now),
            now=self.now,
        )


class MaintenanceDatesView(ProjectView):
    """What a form that is being filled in would plan, in both zones; nothing is stored."""

    written_by: ClassVar[Role] = Role.RESPONDER

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = sent_form(self, request, may_be_unfilled=True)
        form.is_valid()
        context = {"when": form, "table": table_of_form(form, self.page.time_zone)}
        return self.render("maintenance/dates.html", context)


def sent_form(
    view: ProjectView, request: HttpRequest, *, may_be_unfilled: bool = False
) -> MaintenanceForm:
    """Return the form that a browser has sent."""
    return MaintenanceForm(
        request.POST,
        page=view.page,
        series_zone=series_zone_in(request),
        is_filled_in=bool(request.POST.get("template")),
        may_be_unfilled=may_be_unfilled,
    )


def series_zone_in(request: HttpRequest) -> str:
    """Return the zone that times were typed in, as far as there is such a zone."""
    sent = request.POST.get("zone", "")
    return sent if sent in available_timezones() else ""


def answer_nothing_to_see(view: ProjectView) -> HttpResponse:
    """Answer that a form has to be filled in before there is something to see."""
    return framed(view.render("maintenance/no_preview.html", {}, status=INVALID))
