"""Correcting maintenance: this window alone, or it and all that follow in its series."""

import hashlib
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.components.days import zone_named
from pingpong.dashboard import toasts
from pingpong.dashboard.audience import audience_of
from pingpong.dashboard.forms.maintenance import MaintenanceForm, chosen_from, viewer_zone
from pingpong.dashboard.forms.repeats import fields_of
from pingpong.dashboard.forms.wall_times import READING
from pingpong.dashboard.maintenance_planning import series_plan_of
from pingpong.dashboard.maintenance_times import table_of_form
from pingpong.dashboard.preview import answer_preview
from pingpong.maintenance.lifecycle import change_maintenance
from pingpong.maintenance.models import Maintenance
from pingpong.maintenance.rule_text import read_rule
from pingpong.maintenance.series import (
    WindowBegunError,
    change_following,
    rule_from,
    windows_to_come,
)
from pingpong.maintenance.wall_time import readings, wall_time_of
from pingpong.teams.roles import Role

from .incident import CONFLICT
from .maintenance_new import answer_nothing_to_see, series_zone_in
from .maintenance_view import MaintenanceOfPageView

_FIELDS = ("title", "message", "scheduled_for", "ends_at", "notify_subscribers")
FOLLOWING = "following"


class _EditingView(MaintenanceOfPageView):
    read_by: ClassVar[Role] = Role.RESPONDER

    @property
    def may_follow(self) -> bool:
        """Tell whether all that follow can be changed with this window."""
        return self.occurrence is not None and self.is_to_come

    def form_of(self, data: Any = None) -> MaintenanceForm:
        window = self.maintenance
        zone_name = series_zone_in(self.request) if data is not None else self._zone_name()
        initial: dict[str, Any] = {
            "title": window.title,
            "message": window.message,
            "notify_subscribers": window.notify_subscribers,
            "zone": zone_name or viewer_zone(),
        }
        initial |= _wall_times(window, ZoneInfo(zone_name or viewer_zone()))
        if self.may_follow:
            initial |= self._of_series()
        return MaintenanceForm(
            data,
            page=self.page,
            initial=initial,
            chosen=chosen_from(row.component_id for row in window.affected.all()),
            series_zone=zone_name,
        )

    def change(self, form: MaintenanceForm) -> Maintenance:
        """Write what differs; return the window whose screen comes next.

        Raises WindowBegunError.
        """
        occurrence = self.occurrence
        if self.is_following(form) and occurrence is not None:
            plan, components = series_plan_of(form), form.components
            series = change_following(
                occurrence, plan, affected=components, by=self.by, now=self.now
            )
            coming = windows_to_come(series, now=self.now)
            return coming[0] if coming else self.maintenance
        window = self.maintenance
        told = form.cleaned_data | {
            "scheduled_for": _with_seconds(form.begins, window.scheduled_for),
            "ends_at": _with_seconds(form.ends_at, window.ends_at),
        }
        changes = {name: told[name] for name in _FIELDS if told[name] != getattr(window, name)}
        before = [row.component_id for row in window.affected.all()]
        is_same = [one.pk for one in form.components] == before
        if changes or not is_same:
            affected = None if is_same else form.components
            change_maintenance(window, changes, affected=affected, by=self.by, now=self.now)
        return window

    def is_following(self, form: MaintenanceForm) -> bool:
        """Tell whether a form means all that follow too; then it has to repeat."""
        return self.may_follow and form.data.get("scope") == FOLLOWING

    def _zone_name(self) -> str:
        return self.occurrence.series.time_zone if self.may_follow and self.occurrence else ""

    def _of_series(self) -> dict[str, Any]:
        occurrence = self.occurrence
        if occurrence is None:
            return {}
        zone = zone_named(occurrence.series.time_zone)
        return dict(fields_of(read_rule(rule_from(occurrence), zone)))


class EditMaintenanceView(_EditingView):
    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self._show(self.form_of())

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = self.form_of(request.POST)
        if form.is_valid() and self.is_following(form) and form.recurrence is None:
            form.add_error("repeats", _("Choose how it repeats, or change this one only."))
        if request.POST.get("action") == "dates" or not form.is_valid():
            return self._show(form)
        if request.POST.get("seen", "") not in ("", fingerprint_of(self.maintenance)):
            return self._show(form, is_overtaken=True)
        try:
            window = self.change(form)
        except WindowBegunError:
            toasts.warn(request, _("It has begun: change this one only."))
            return redirect(self.here)
        toasts.say(request, _("The changes are saved."))
        return redirect(self.url("one_maintenance", maintenance=window.pk))

    def _show(self, form: MaintenanceForm, *, is_overtaken: bool = False) -> HttpResponse:
        context = {
            "form": form,
            "maintenance": self.maintenance,
            "may_repeat": self.may_follow,
            "scope": form.data.get("scope", "one"),
            "seen": fingerprint_of(self.maintenance),
            "is_overtaken": is_overtaken,
            "table": table_of_form(form, self.page.time_zone),
            "audience": audience_of(self.page),
        }
        status = CONFLICT if is_overtaken else 200
        return self.render("maintenance/edit.html", context, status=status)


class PreviewEditedMaintenanceView(_EditingView):
    """The page with the changes on it, which are not stored."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = self.form_of(request.POST)
        if not form.is_valid() or (self.is_following(form) and form.recurrence is None):
            return answer_nothing_to_see(self)
        try:
            return answer_preview(self.page, lambda: self.change(form), now=self.now)
        except WindowBegunError:
            return answer_nothing_to_see(self)


def fingerprint_of(window: Maintenance) -> str:
    """Stand for what a form of this window shows; another one means that somebody changed it."""
    facts = [str(getattr(window, field)) for field in _FIELDS]
    facts += [row.component_id for row in window.affected.all()]
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()[:16]


def _wall_times(window: Maintenance, zone: ZoneInfo) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, at in (("starts", window.scheduled_for), ("ends", window.ends_at)):
        found[name] = wall_time_of(at, zone)
        both = readings(found[name], zone)
        found[name + READING] = str(int(at >= both[-1] and len(both) > 1)) if both else ""
    return found


def _with_seconds(told: datetime | None, before: datetime) -> datetime:
    # The field knows minutes only: what was not touched keeps its seconds.
    is_same = told is None or told == before.replace(second=0, microsecond=0)
    return before if is_same or told is None else told
