"""The list of maintenance, its calendar, and the screen of one."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from pingpong.dashboard.audience import audience_of
from pingpong.dashboard.forms.maintenance import ExtendForm
from pingpong.dashboard.maintenance_calendar import month_asked, month_of
from pingpong.dashboard.maintenance_list import list_maintenance
from pingpong.dashboard.maintenance_times import table_of_window, table_of_windows
from pingpong.dashboard.maintenance_words import notes_of
from pingpong.dashboard.project_view import ProjectView
from pingpong.dashboard.recurrence_words import end_in_words, rule_in_words
from pingpong.maintenance.models import MaintenanceSeries
from pingpong.maintenance.planning import recurrence_in
from pingpong.maintenance.series import windows_to_come
from pingpong.pages.address import page_url

from .maintenance_view import MaintenanceOfPageView


class MaintenanceView(ProjectView):
    """All maintenance, what goes on first; searched and filtered by the address."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        listed = list_maintenance(self.page.pk, request.GET, now=self.now)
        return self.render("maintenance/list.html", {"listed": listed, "now": self.now})


class MaintenanceCalendarView(ProjectView):
    """A month, `?month=2026-11`, in the viewer's zone."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        zone = timezone.get_current_timezone()
        first = month_asked(request.GET.get("month", ""), self.now.astimezone(zone).date())
        month = month_of(self.page.pk, first, zone=zone, now=self.now)
        repeats = MaintenanceSeries.objects.filter(page=self.page, next_look_at__isnull=False)
        context = {"month": month, "now": self.now, "has_series": repeats.exists()}
        return self.render("maintenance/calendar.html", context)


class OneMaintenanceView(MaintenanceOfPageView):
    """One window: when, what it touches, and what can be done with it now."""

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        window = self.maintenance
        occurrence = self.occurrence
        context = {
            "maintenance": window,
            "state": window.status_at(self.now),
            "times": table_of_window(window.scheduled_for, window.ends_at, self.page.time_zone),
            "notes": notes_of(window),
            "extend": ExtendForm(),
            "audience": audience_of(self.page),
            "public_url": f"{page_url(self.page)}maintenance/{self.maintenance.pk}/",
            "is_to_come": self.is_to_come,
            "now": self.now,
        }
        if occurrence is not None:
            series = occurrence.series
            rule = recurrence_in(series).rule
            coming = windows_to_come(series, now=self.now)
            is_planned_on = series.next_look_at is not None
            context |= {
                "series": series,
                "rule_words": rule_in_words(rule),
                "end_words": end_in_words(rule),
                "coming": table_of_windows(coming, self.page.time_zone, has_more=is_planned_on),
            }
        return self.render("maintenance/maintenance.html", context)
