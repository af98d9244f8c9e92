"""One monitor's own screen, and its live part."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from pingpong.components.days import Days, zone_named
from pingpong.dashboard.freshness import mark_of
from pingpong.dashboard.monitor_chart import RANGES, chart_of, chosen_range
from pingpong.dashboard.monitor_facts import facts_of, soonest_certificate
from pingpong.dashboard.monitor_live import has_probe, live_of
from pingpong.dashboard.monitor_past import past_of
from pingpong.monitors.heartbeats import heartbeat_url
from pingpong.monitors.models import MonitorKind
from pingpong.teams.roles import Role, reaches

from .monitor_view import MonitorView
from .monitors import UNCHANGED

DAYS = 90
FAILED = "failed"


class MonitorScreenView(MonitorView):
    """How it is, why, since when, and how it was. Who builds sees where a heartbeat calls."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        monitor = self.monitor
        only = _only(request)
        name = chosen_range(request.GET.get("range", ""))
        is_heartbeat = monitor.kind == MonitorKind.HEARTBEAT
        days = Days.until(self.now, zone=zone_named(self.page.time_zone), count=DAYS)
        may_build = reaches(self.membership.role, Role.ADMIN)
        context = {
            "live": live_of(monitor, only_failed=only == FAILED, now=self.now),
            "only": only,
            "mark": "",
            "past": past_of(monitor.pk, days),
            "facts": facts_of(monitor),
            "certificate": soonest_certificate(monitor, now=self.now),
            "chart": None if is_heartbeat else chart_of(monitor, name, now=self.now),
            "range": name,
            "ranges": [(one, chosen.label) for one, chosen in RANGES.items()],
            "heartbeat_url": heartbeat_url(monitor) if may_build else None,
        }
        return self.render("monitors/monitor.html", context)


class MonitorLiveView(MonitorView):
    """What changes by itself, for who has seen `?seen=`; nothing while it is the same."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        only = _only(request)
        is_looked_at = has_probe(self.monitor, now=self.now)
        mark = mark_of(self.page.pk, self.monitor.pk, rest=is_looked_at)
        if request.GET.get("seen") == mark:
            return HttpResponse(status=UNCHANGED)
        live = live_of(self.monitor, only_failed=only == FAILED, now=self.now)
        context: dict[str, Any] = {"live": live, "only": only, "mark": mark}
        return self.render("monitors/live.html", context)


def _only(request: HttpRequest) -> str:
    return FAILED if request.GET.get("only") == FAILED else ""
