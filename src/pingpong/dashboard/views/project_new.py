"""Another project, and the way from one to another."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.team import NewProjectForm
from pingpong.dashboard.project_view import PersonView
from pingpong.pages.lifecycle import PageInvalidError
from pingpong.teams.models import Membership
from pingpong.teams.projects import found_project

MOST_IN_SWITCHER = 30


class NewProjectView(PersonView):
    """A project of one's own: name, short name and zone."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self._show(NewProjectForm(zone=get_current_timezone_name()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewProjectForm(request.POST, zone=get_current_timezone_name())
        if not form.is_valid():
            return self._show(form)
        try:
            page = found_project(self.person, **form.cleaned_data, now=self.now)
        except PageInvalidError as problem:
            form.add_error("slug", str(problem))
            return self._show(form)
        toasts.say(request, _("The project is made. Add its first components."))
        return redirect("dashboard:overview", slug=page.slug)

    def _show(self, form: NewProjectForm) -> HttpResponse:
        return self.render("projects/new.html", {"form": form})


class SwitcherView(PersonView):
    """The projects of a person, for the menu in the side bar."""

    def get(self, request: HttpRequest) -> HttpResponse:
        mine = Membership.objects.select_related("page").filter(person_id=self.person.pk)
        some = mine.order_by("page__name", "pk")[:MOST_IN_SWITCHER]
        context = {"pages": [one.page for one in some], "here": request.GET.get("at", "")}
        return self.render("projects/switcher.html", context)
