"""Where a person lands: the projects, and the overview of one of them."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pingpong.dashboard.overview_facts import overview_of
from pingpong.dashboard.places import url_of
from pingpong.dashboard.project_view import PersonView, ProjectView
from pingpong.overview.live import statuses_of_pages
from pingpong.pages.address import page_url
from pingpong.pages.models import Page
from pingpong.teams.models import Membership


class HomeView(PersonView):
    """Lists the projects of a person; of a single one it shows the overview at once."""

    def get(self, request: HttpRequest) -> HttpResponse:
        memberships = list(_memberships(self.person.pk))
        if len(memberships) == 1 and "all" not in request.GET:
            return redirect("dashboard:overview", slug=memberships[0].page.slug)
        search = request.GET.get("q", "").strip()[:100]
        if search:
            memberships = [one for one in memberships if has_words(one.page, search)]
        statuses = statuses_of_pages([one.page_id for one in memberships], now=self.now)
        rows = [(one, statuses[one.page_id]) for one in memberships]
        return self.render("projects/list.html", {"rows": rows, "search": search})


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


def has_words(page: Page, search: str) -> bool:
    """Tell whether a project's name or slug contains what is looked for."""
    return search.casefold() in f"{page.name} {page.slug}".casefold()


def _memberships(person_id: str) -> "QuerySet[Membership]":
    return (
        Membership.objects.select_related("page")
        .filter(person_id=person_id)
        .order_by("page__name", "pk")
    )
