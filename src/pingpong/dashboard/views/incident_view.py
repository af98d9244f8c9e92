"""What all screens of one incident have in common."""

from abc import ABC, abstractmethod
from typing import ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from pingpong.dashboard.project_view import ProjectView
from pingpong.incidents import queries
from pingpong.incidents.models import Incident
from pingpong.kit.ids import is_readable_id
from pingpong.teams.roles import Role


class IncidentView(ProjectView):
    """For the team of a project: responders write; the incident is one of this project."""

    written_by: ClassVar[Role] = Role.RESPONDER
    incident: Incident

    def admit(self, request: HttpRequest, **kwargs: str) -> None:
        super().admit(request, **kwargs)
        self.incident = self.find(kwargs["incident"])

    def find(self, incident_id: str) -> Incident:
        """Return the incident; raises Http404 for unknown and foreign ones alike."""
        if not is_readable_id(incident_id):
            raise Http404
        found = self.rows().filter(pk=incident_id).first()
        if found is None:
            raise Http404
        return found

    def rows(self) -> "QuerySet[Incident]":
        return queries.with_drafts(self.page.pk).select_related("postmortem")

    @property
    def here(self) -> str:
        """Return the address of the incident's own screen."""
        return self.url("incident", incident=self.incident.pk)


def is_confirmed(request: HttpRequest) -> bool:
    """Tell whether a deletion was confirmed: by its dialog, or by who takes something back."""
    return "confirm" in request.POST or "confirm" in request.GET


class ConfirmedView(IncidentView, ABC):
    """Something that is done after a question; without scripts the question is a page."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        if not is_confirmed(request):
            return self.ask()
        return self.do()

    @abstractmethod
    def ask(self) -> HttpResponse:
        """Answer the question as a page."""

    @abstractmethod
    def do(self) -> HttpResponse:
        """Do it, and lead on."""
