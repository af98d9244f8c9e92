"""What the command palette asks for as somebody types."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from pingpong.dashboard.finding import Groups, find_in_project, find_projects
from pingpong.dashboard.project_view import PersonView, ProjectView
from pingpong.kit.text import clean_line

SEARCH_LENGTH = 100


class FindView(ProjectView):
    """All that somebody of the team may go to from a project, other projects included."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        search = _search_of(request)
        inside = find_in_project(self.page, self.membership.role, search)
        return _answer([*inside, *find_projects(self.person.pk, search)])


class FindProjectView(PersonView):
    """The same where no project is open."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _answer(find_projects(self.person.pk, _search_of(request)))


def _search_of(request: HttpRequest) -> str:
    return clean_line(request.GET.get("q", "").replace("\0", ""))[:SEARCH_LENGTH]


def _answer(groups: Groups) -> HttpResponse:
    shown = [
        {"label": label, "items": [{"label": one.label, "url": one.url} for one in found]}
        for label, found in groups
        if found
    ]
    return JsonResponse({"groups": shown})
