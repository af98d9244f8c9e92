"""Incidents: operations 12 to 16 of the contract."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.answers import IncidentAnswer
from pingpong.api.fields import Flag, Instant, Line, Message, Word
from pingpong.api.promises import PROMISE_HELP, Promised
from pingpong.api.query import wanted_flag
from pingpong.api.references import AffectedWithStatus
from pingpong.api.schema import IDEMPOTENCY_KEY, LIMIT, OFFSET, documented
from pingpong.api.shapes import incident_json
from pingpong.api.views import ProjectView
from pingpong.incidents import lifecycle, queries
from pingpong.incidents.models import TITLE_LENGTH, Incident, IncidentStatus

TAG = "Incidents"
STATUS = OpenApiParameter(
    "status",
    {"type": "string", "enum": IncidentStatus.values},
    description="Only those that have this status.",
)


DRAFT = OpenApiParameter(
    "draft", {"type": "boolean"}, description="true: the drafts, and nothing else."
)


class Draft(Flag):
    """False for ever once an incident is published."""

    default_error_messages = {"published": "What is published cannot become a draft."}

    def run_validation(self, data: Any = serializers.empty) -> Any:
        value = super().run_validation(data)
        incident = getattr(self.parent, "instance", None)
        if value is True and incident is not None and not incident.is_draft:
            self.fail("published")
        return value


class IncidentIn(serializers.Serializer[Any]):
    title = Line(max_length=TITLE_LENGTH)
    message = Message(help_text="HTML.")
    occurred_at = Instant(required=False, allow_null=True, help_text="null for now.")
    notify_subscribers = Flag(required=False, help_text="The team is always notified.")
    affected_components = AffectedWithStatus(required=False)
    next_update_by = Promised(required=False, allow_null=True, help_text=PROMISE_HELP)
    draft = Draft(required=False, help_text="For the team alone; false publishes a draft.")


class _IncidentsView(ProjectView):
    written_by = "responders"

    def rows(self) -> QuerySet[Incident]:
        return queries.with_drafts(self.page.pk)

    def reloaded(self, incident: Incident, *, status: int = 200) -> Response:
        return self.shaped(self.find(self.rows(), incident.pk), incident_json, status=status)


class IncidentListView(_IncidentsView):
    @documented(
        "List all incidents",
        tag=TAG,
        answer=IncidentAnswer(many=True),
        parameters=[LIMIT, OFFSET, STATUS, DRAFT],
    )
    def get(self, request: Request) -> Response:
        wants_drafts = wanted_flag(request, "draft")
        rows = (queries.drafts if wants_drafts else queries.full)(self.page.pk)
        if "status" in request.query_params:
            rows = queries.told_as(rows, wanted_status(request, IncidentStatus.values))
        return self.listed(rows, incident_json)

    @documented(
        "Create an incident",
        tag=TAG,
        body=IncidentIn,
        answer=IncidentAnswer,
        status=201,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        return self.once(self._create)

    def _create(self) -> Response:
        valid = self.valid(IncidentIn)
        affected = valid.pop("affected_components", ())
        is_draft = valid.pop("draft", False)
        incident = lifecycle.open_incident(
            self.page, **valid, affected=affected, is_draft=is_draft, by=self.by, now=self.now
        )
        return self.reloaded(incident, status=201)


class OngoingIncidentsView(_IncidentsView):
    @documented(
        "List ongoing incidents",
        tag=TAG,
        answer=IncidentAnswer(many=True),
        parameters=[LIMIT, OFFSET],
    )
    def get(self, request: Request) -> Response:
        return self.listed(queries.ongoing(self.page.pk), incident_json)


class IncidentView(_IncidentsView):
    @documented("Get an incident", tag=TAG, answer=IncidentAnswer)
    def get(self, request: Request, id: str) -> Response:
        return self.shaped(self.find(self.rows(), id), incident_json)

    @documented("Update an incident", tag=TAG, body=IncidentIn(partial=True), answer=IncidentAnswer)
    def put(self, request: Request, id: str) -> Response:
        incident = self.find(Incident.objects.filter(page=self.page), id)
        changes = self.valid(IncidentIn, changing=incident)
        if "occurred_at" in changes:
            changes["occurred_at"] = changes["occurred_at"] or self.now
        affected = changes.pop("affected_components", None)
        is_published = changes.pop("draft", None) is False
        lifecycle.change_incident(
            incident,
            changes,
            affected=affected,
            notify=changes.get("notify_subscribers", False),
            by=self.by,
            now=self.now,
        )
        if is_published:
            lifecycle.publish_incident(incident, by=self.by, now=self.now)
        return self.reloaded(incident)

    patch = put

    @documented("Delete an incident", tag=TAG, answer=None, status=204)
    def delete(self, request: Request, id: str) -> Response:
        incident = self.find(Incident.objects.filter(page=self.page), id)
        lifecycle.delete_incident(incident, by=self.by, now=self.now)
        return Response(status=204)


def wanted_status(request: Request, words: list[str]) -> str:
    """Return `?status=` in the contract's spelling; raise DRF's error for an unknown word."""

    class Query(serializers.Serializer[Any]):
        status = Word(words)

    query = Query(data={"status": request.query_params["status"]})
    query.is_valid(raise_exception=True)
    word: str = query.validated_data["status"]
    return word
