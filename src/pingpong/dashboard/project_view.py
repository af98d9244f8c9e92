"""A screen or an action of one project, for those of its team who may."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from pingpong.accounts.models import Person
from pingpong.kit.actor import Actor
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page
from pingpong.teams.models import Membership
from pingpong.teams.roles import Role, reaches

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# What a form with errors is answered with; htmx swaps it in as it does a 200.
INVALID = 422


class PersonView(View):
    """For anybody who is signed in. `by` and `now` are what verbs want to know."""

    http_method_names = ["get", "head", "post"]
    person: Person
    by: Actor
    now: datetime

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, Person):
            return sign_in_first(request)
        self.person = request.user
        self.by = Actor(self.person.name, self.person.pk)
        self.now = utc_now()
        self.admit(request, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def admit(self, request: HttpRequest, **kwargs: Any) -> None:
        """Raise Http404 or PermissionDenied for whom this is not."""

    def render(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """Render `dashboard/<template>`; a context with a form that has errors answers 422."""
        form = context.get("form")
        if isinstance(form, BaseForm) and form.is_bound and not form.is_valid():
            status = INVALID
        surroundings = {"person": self.person, **self.surroundings()}
        return render(self.request, f"dashboard/{template}", surroundings | context, status=status)

    def surroundings(self) -> dict[str, Any]:
        """Return what every template of this kind of view knows."""
        return {}


class ProjectView(PersonView):
    """For the team of the project whose slug the address names.

    A stranger gets the 404 of a project that does not exist; a teammate whose role is below
    `read_by` (GET) or `written_by` (POST) gets a 403. tests/dashboard/roles holds the same table.
    """

    read_by: ClassVar[Role] = Role.VIEWER
    written_by: ClassVar[Role] = Role.ADMIN
    membership: Membership
    page: Page

    def admit(self, request: HttpRequest, **kwargs: Any) -> None:
        found = (
            Membership.objects.select_related("page")
            .filter(person_id=self.person.pk, page__slug=kwargs["slug"])
            .first()
        )
        if found is None:
            raise Http404
        least = self.read_by if request.method in SAFE_METHODS else self.written_by
        if not reaches(found.role, least):
            raise PermissionDenied
        self.membership = found
        self.page = found.page

    def surroundings(self) -> dict[str, Any]:
        role = self.membership.role
        return {
            "page": self.page,
            "membership": self.membership,
            "may_respond": reaches(role, Role.RESPONDER),
            "may_build": reaches(role, Role.ADMIN),
            "is_owner": role == Role.OWNER,
        }

    def url(self, name: str, **kwargs: str) -> str:
        """Return the address of another screen of this project."""
        return reverse(f"dashboard:{name}", kwargs={"slug": self.page.slug, **kwargs})


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in and back; htmx is told to leave the page for it."""
    target = request.get_full_path() if request.method in SAFE_METHODS else ""
    response = redirect_to_login(target) if target else redirect_to_login("/dashboard/")
    if request.headers.get("HX-Request"):
        back = request.headers.get("HX-Current-URL-Abs-Path") or "/dashboard/"
        address = redirect_to_login(back).url
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return response
