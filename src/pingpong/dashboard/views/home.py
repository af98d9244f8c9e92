"""Where a person lands: the projects, and the overview of one of them."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

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
        return self.render("overview.html", {"page_url": page_url(self.page)})


def _memberships(person_id: str) -> "QuerySet[Membership]":
    return (
        Membership.objects.select_related("page")
        .filter(person_id=person_id)
        .order_by("page__name", "pk")
    )
