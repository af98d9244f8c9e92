"""The list of monitors, and its live part."""

from django.http import HttpRequest, HttpResponse

from pingpong.dashboard.freshness import mark_of
from pingpong.dashboard.monitor_list import list_monitors
from pingpong.dashboard.project_view import ProjectView

# What a live part answers while there is nothing new.
UNCHANGED = 204


class MonitorsView(ProjectView):
    """All monitors, what is down first; searched and filtered by the address."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        listed = list_monitors(self.page, request.GET, now=self.now)
        return self.render("monitors/list.html", {"listed": listed, "mark": ""})


class MonitorsLiveView(ProjectView):
    """The rows alone, for who has seen `?seen=`; nothing while they are the same."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        mark = mark_of(self.page.pk)
        if request.GET.get("seen") == mark:
            return HttpResponse(status=UNCHANGED)
        listed = list_monitors(self.page, request.GET, now=self.now)
        return self.render("monitors/rows.html", {"listed": listed, "mark": mark})
