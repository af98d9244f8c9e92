"""Where a person lands: the projects, and the overview of one of them."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

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
        return self.render("overview.html", {"page_url": page_url(self.page)})


def has_words(page: Page, search: str) -> bool:
    """Tell whether a project's name or slug contains what is looked for."""
    return search.casefold() in f"{page.name} {page.slug}".casefold()


def _memberships(person_id: str) -> "QuerySet[Membership]":
    return (
        Membership.objects.select_related("page")
        .filter(person_id=person_id)
        .order_by("page__name", "pk")
    )
