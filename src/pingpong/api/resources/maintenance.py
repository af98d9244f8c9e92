"""Maintenance: operations 22 to 25 of the contract."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.answers import MaintenanceAnswer
from pingpong.api.fields import Flag, Instant, Line, Message
from pingpong.api.references import AffectedByMaintenance
from pingpong.api.schema import IDEMPOTENCY_KEY, LIMIT, OFFSET, documented
from pingpong.api.shapes import maintenance_json
from pingpong.api.views import ProjectView
from pingpong.maintenance import lifecycle, queries
from pingpong.maintenance.models import TITLE_LENGTH, Maintenance, MaintenanceStatus

from .incidents import wanted_status

TAG = "Maintenance"
STATUS = OpenApiParameter(
    "status",
    {"type": "string", "enum": MaintenanceStatus.values},
    description="Only those that have this status now.",
)


class MaintenanceIn(serializers.Serializer[Any]):
    title = Line(max_length=TITLE_LENGTH, required=False, help_text="Required on create.")
    name = Line(max_length=TITLE_LENGTH, required=False, help_text="The same as title.")
    message = Message(required=False, allow_blank=True, help_text="HTML.")
    scheduled_for = Instant()
    ends_at = Instant()
    notify_subscribers = Flag(required=False, help_text="The team is always notified.")
    affected_components = AffectedByMaintenance(required=False)

    def to_internal_value(self, data: Any) -> Any:
        # Here, so that a missing title is told together with what else is wrong.
        self.fields["title"].required = not (isinstance(data, dict) and "name" in data)
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        title = attrs.pop("name", None)
        if title is not None:
            attrs.setdefault("title", title)
        start = attrs.get("scheduled_for") or self.instance.scheduled_for  # type: ignore[union-attr] # absent only in a change
        end = attrs.get("ends_at") or self.instance.ends_at  # type: ignore[union-attr] # absent only in a change
        if end <= start:
            raise serializers.ValidationError({"ends_at": ["This must be after scheduled_for."]})
        return attrs


class _MaintenanceView(ProjectView):
    written_by = "responders"

    def rows(self) -> QuerySet[Maintenance]:
        return queries.full(self.page.pk)

    def reloaded(self, maintenance: Maintenance, *, status: int = 200) -> Response:
        found = self.find(self.rows(), maintenance.pk)
        return self.shaped(found, maintenance_json, status=status)


class MaintenanceListView(_MaintenanceView):
    @documented(
        "List all maintenance",
        tag=TAG,
        answer=MaintenanceAnswer(many=True),
        parameters=[LIMIT, OFFSET, STATUS],
    )
    def get(self, request: Request) -> Response:
        rows = self.rows()
        if "status" in request.query_params:
            word = wanted_status(request, MaintenanceStatus.values)
            rows = queries.with_status(rows, word, now=self.now)
        return self.listed(rows, maintenance_json)

    @documented(
        "Create a maintenance",
        tag=TAG,
        body=MaintenanceIn,
        answer=MaintenanceAnswer,
        status=201,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        return self.once(self._create)

    def _create(self) -> Response:
        valid = self.valid(MaintenanceIn)
        affected = valid.pop("affected_components", ())
        maintenance = lifecycle.schedule_maintenance(
            self.page, **valid, affected=affected, by=self.by, now=self.now
        )
        return self.reloaded(maintenance, status=201)


class MaintenanceView(_MaintenanceView):
    @documented("Get a maintenance", tag=TAG, answer=MaintenanceAnswer)
    def get(self, request: Request, id: str) -> Response:
        return self.shaped(self.find(self.rows(), id), maintenance_json)

    @documented(
        "Update a maintenance", tag=TAG, body=MaintenanceIn(partial=True), answer=MaintenanceAnswer
    )
    def put(self, request: Request, id: str) -> Response:
        maintenance = self.find(Maintenance.objects.filter(page=self.page), id)
        changes = self.valid(MaintenanceIn, changing=maintenance)
        affected = changes.pop("affected_components", None)
        lifecycle.change_maintenance(
            maintenance,
            changes,
            affected=affected,
            notify=changes.get("notify_subscribers", False),
            by=self.by,
            now=self.now,
        )
        return self.reloaded(maintenance)

    patch = put

    @documented("Delete a maintenance", tag=TAG, answer=None, status=204)
    def delete(self, request: Request, id: str) -> Response:
        maintenance = self.find(Maintenance.objects.filter(page=self.page), id)
        lifecycle.delete_maintenance(maintenance, by=self.by, now=self.now)
        return Response(status=204)
