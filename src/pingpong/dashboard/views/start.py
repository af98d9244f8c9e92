"""The guided start: name the page, add first components, see the page."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingpong.components.first import create_components
from pingpong.components.models import Component
from pingpong.dashboard import toasts
from pingpong.dashboard.forms.start import FirstComponentsForm, NamingForm
from pingpong.dashboard.middleware import zone_of
from pingpong.dashboard.project_view import PersonView, ProjectView
from pingpong.pages.address import page_url
from pingpong.pages.lifecycle import PageInvalidError
from pingpong.teams.founding import found_project
from pingpong.teams.roles import Role

# What is worth doing next, where there is a screen for it.
NEXT = ("monitors", "team", "api_access", "incidents")


class StartView(PersonView):
    """Names a new project, for anybody who is signed in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(NamingForm(initial={"time_zone": zone_of(request).key}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NamingForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            found = found_project(self.person, **form.cleaned_data, by=self.by, now=self.now)
        except PageInvalidError as problem:
            form.add_error(problem.field or None, _taken_or(problem))
            return self._show(form)
        return redirect("dashboard:start_components", slug=found.page.slug)

    def _show(self, form: NamingForm) -> HttpResponse:
        return self.render("start/name.html", {"form": form, "step": 1})


class StartComponentsView(ProjectView):
    read_by: ClassVar[Role] = Role.ADMIN

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self._show(FirstComponentsForm())

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = FirstComponentsForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        made = create_components(self.page, form.names(), by=self.by, now=self.now)
        told = ngettext(
            "%(count)d component is added.", "%(count)d components are added.", len(made)
        )
        toasts.say(request, told % {"count": len(made)})
        return redirect(self.url("start_done"))

    def _show(self, form: FirstComponentsForm) -> HttpResponse:
        return self.render("start/components.html", {"form": form, "step": 2})


class StartDoneView(ProjectView):
    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        names = list(
            Component.objects.filter(page=self.page)
            .order_by("position")
            .values_list("name", flat=True)[:9]
        )
        context: dict[str, Any] = {"step": 3, "page_url": page_url(self.page), "names": names}
        return self.render("start/done.html", context | {"next": self._next()})

    def _next(self) -> dict[str, str]:
        """Return the addresses of the screens of NEXT, as far as this installation has them."""
        found = {}
        for name in NEXT:
            try:
                found[name] = self.url(name)
            except NoReverseMatch:
                continue
        return found


def _taken_or(problem: PageInvalidError) -> str:
    if problem.field == "slug":
        return _("Another page has this address. Choose another one.")
    return str(problem)
