"""The way from one project to another."""

from django.http import HttpRequest, HttpResponse

from pingpong.dashboard.project_view import PersonView
from pingpong.teams.models import Membership

MOST_IN_SWITCHER = 30


class SwitcherView(PersonView):
    """The projects of a person, for the menu in the side bar."""

    def get(self, request: HttpRequest) -> HttpResponse:
        mine = Membership.objects.select_related("page").filter(person_id=self.person.pk)
        some = mine.order_by("page__name", "pk")[:MOST_IN_SWITCHER]
        context = {"pages": [one.page for one in some], "here": request.GET.get("at", "")}
        return self.render("projects/switcher.html", context)
