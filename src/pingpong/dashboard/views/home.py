"""Where a person lands: the projects, and the overview of one of them."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pingpong.dashboard.overview_facts import overview_of
from pingpong.dashboard.places import url_of
from pingpong.dashboard.project_view import PersonView, ProjectView
from pingpong.pages.address import page_url
from pingpong.teams.models import Membership


class HomeView(PersonView):
    """Lists the projects of a person; of a single one it shows the overview at once."""

    def get(self, request: HttpRequest) -> HttpResponse:
        memberships = list(_memberships(self.person.pk))
        if len(memberships) == 1 and "all" not in request.GET:
            return redirect("dashboard:overview", slug=memberships[0].page.slug)
        return self.render("projects/list.html", {"memberships": memberships})


class OverviewView(ProjectView):
    """What stands on the page now, and what there is to do."""

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        context = {
            "page_url": page_url(self.page),
            "overview": overview_of(self.page, now=self.now),
            "plan_url": url_of("new_maintenance", self.page.slug),
            "maintenance_url": url_of("maintenance", self.page.slug),
            "monitors_url": url_of("monitors", self.page.slug),
            "new_monitor_url": url_of("new_monitor", self.page.slug),
            "team_url": url_of("team", self.page.slug),
            "now": self.now,
        }
        return self.render("overview.html", context)


def _memberships(person_id: str) -> "QuerySet[Membership]":
    return (
        Membership.objects.select_related("page")
        .filter(person_id=person_id)
        .order_by("page__name", "pk")
    )
