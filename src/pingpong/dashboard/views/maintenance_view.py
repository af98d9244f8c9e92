"""What all screens of one maintenance have in common."""

from abc import ABC, abstractmethod
from typing import ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from pingpong.dashboard.project_view import ProjectView
from pingpong.kit.ids import is_readable_id
from pingpong.maintenance import queries
from pingpong.maintenance.models import Maintenance, Occurrence
from pingpong.teams.roles import Role

from .incident_view import is_confirmed


class MaintenanceOfPageView(ProjectView):
    """For the team of a project: responders write; the window is one of this project."""

    written_by: ClassVar[Role] = Role.RESPONDER
    maintenance: Maintenance

    def admit(self, request: HttpRequest, **kwargs: str) -> None:
        super().admit(request, **kwargs)
        asked = kwargs["maintenance"]
        rows = self.rows()
        found = rows.filter(pk=asked).first() if is_readable_id(asked) else None
        if found is None:
            raise Http404
        self.maintenance = found

    def rows(self) -> "QuerySet[Maintenance]":
        return queries.full(self.page.pk).select_related("occurrence__series__page")

    @property
    def here(self) -> str:
        """Return the address of the window's own screen."""
        return self.url("one_maintenance", maintenance=self.maintenance.pk)

    @property
    def occurrence(self) -> Occurrence | None:
        """Return the place of the window in its series, if it is of one; no query."""
        try:
            return self.maintenance.occurrence
        except Occurrence.DoesNotExist:
            return None

    @property
    def is_to_come(self) -> bool:
        return self.maintenance.scheduled_for > self.now


class ConfirmedMaintenanceView(MaintenanceOfPageView, ABC):
    """Something that is done after a question; without scripts the question is a page."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self.do() if is_confirmed(request) else self.ask()

    @abstractmethod
    def ask(self) -> HttpResponse:
        """Answer the question as a page."""

    @abstractmethod
    def do(self) -> HttpResponse:
        """Do it, and lead on."""
