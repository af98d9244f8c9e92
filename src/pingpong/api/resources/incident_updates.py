"""Incident updates: operations 17 to 21 of the contract."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.answers import IncidentUpdateAnswer
from pingpong.api.fields import Flag, Message, Word
from pingpong.api.promises import PROMISE_HELP, Promised
from pingpong.api.schema import IDEMPOTENCY_KEY, LIMIT, OFFSET, documented
from pingpong.api.shapes import update_json
from pingpong.api.views import ProjectView
from pingpong.incidents import lifecycle
from pingpong.incidents.models import Incident, IncidentStatus, IncidentUpdate

TAG = "Incident updates"
# "In progress" is what an incident is before its first update; it cannot be posted (A6).
POSTABLE = [word for word in IncidentStatus.values if word != IncidentStatus.IN_PROGRESS]


class UpdateIn(serializers.Serializer[Any]):
    status = Word(POSTABLE)
    message = Message(help_text="HTML.")
    notify_subscribers = Flag(required=False, help_text="As the incident says when left out.")
    next_update_by = Promised(required=False, allow_null=True, help_text=PROMISE_HELP)


class _UpdatesView(ProjectView):
    written_by = "responders"

    def incident(self, incident_id: str) -> Incident:
        found: Incident = self.find(Incident.objects.filter(page=self.page), incident_id)
        return found

    def rows(self, incident_id: str) -> QuerySet[IncidentUpdate]:
        return IncidentUpdate.objects.filter(incident=self.incident(incident_id))


class UpdateListView(_UpdatesView):
    @documented(
        "List all updates of an incident",
        tag=TAG,
        answer=IncidentUpdateAnswer(many=True),
        parameters=[LIMIT, OFFSET],
    )
    def get(self, request: Request, incident_id: str) -> Response:
        return self.listed(self.rows(incident_id), lambda update, _scene: update_json(update))

    @documented(
        "Create an incident update",
        tag=TAG,
        body=UpdateIn,
        answer=IncidentUpdateAnswer,
        status=201,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request, incident_id: str) -> Response:
        return self.once(lambda: self._create(incident_id))

    def _create(self, incident_id: str) -> Response:
        incident = self.incident(incident_id)
        valid = self.valid(UpdateIn)
        update = lifecycle.post_update(incident, **valid, by=self.by, now=self.now)
        return Response(update_json(update), status=201)


class UpdateView(_UpdatesView):
    def one(self, incident_id: str, update_id: str) -> IncidentUpdate:
        rows = self.rows(incident_id).select_related("incident")
        found: IncidentUpdate = self.find(rows, update_id)
        return found

    @documented("Get an incident update", tag=TAG, answer=IncidentUpdateAnswer)
    def get(self, request: Request, incident_id: str, update_id: str) -> Response:
        return Response(update_json(self.one(incident_id, update_id)))

    @documented(
        "Update an incident update",
        tag=TAG,
        body=UpdateIn(partial=True),
        answer=IncidentUpdateAnswer,
    )
    def put(self, request: Request, incident_id: str, update_id: str) -> Response:
        update = self.one(incident_id, update_id)
        changes = self.valid(UpdateIn, changing=update)
        update = lifecycle.change_update(update, changes, by=self.by, now=self.now)
        return Response(update_json(update))

    patch = put

    @documented("Delete an incident update", tag=TAG, answer=None, status=204)
    def delete(self, request: Request, incident_id: str, update_id: str) -> Response:
        lifecycle.delete_update(self.one(incident_id, update_id), by=self.by, now=self.now)
        return Response(status=204)
