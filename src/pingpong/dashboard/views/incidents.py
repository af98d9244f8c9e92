"""The list of incidents, and what can be done from it."""

from django.http import HttpRequest, HttpResponse

from pingpong.dashboard.incident_list import list_incidents
from pingpong.dashboard.project_view import ProjectView


class IncidentsView(ProjectView):
    """All incidents, open ones first; searched and filtered by the address."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        listed = list_incidents(self.page.pk, request.GET)
        return self.render("incidents/list.html", {"listed": listed, "now": self.now})
