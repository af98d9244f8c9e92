"""Components: operations 3 to 7 of the contract."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.answers import ComponentAnswer, ComponentStatusAnswer
from pingpong.api.fields import Flag, Line, Word
from pingpong.api.references import GroupReference
from pingpong.api.schema import IDEMPOTENCY_KEY, LIMIT, OFFSET, documented
from pingpong.api.shapes import component_json, component_status_json
from pingpong.api.views import Policy, ProjectView
from pingpong.components import lifecycle
from pingpong.components.models import DESCRIPTION_LENGTH, NAME_LENGTH, Component
from pingpong.components.status import Status

TAG = "Components"
GROUP = OpenApiParameter("group", {"type": "string"}, description="Only those of this group.")


class ComponentIn(serializers.Serializer[Any]):
    name = Line(max_length=NAME_LENGTH)
    group = GroupReference(required=False, allow_null=True)
    description = Line(
        required=False, allow_null=True, allow_blank=True, max_length=DESCRIPTION_LENGTH
    )
    status = Word(
        Status.values,
        required=False,
        allow_null=True,
        help_text="Live incidents and maintenance override this status.",
    )
    showcased = Flag(required=False)


class ComponentStatusIn(serializers.Serializer[Any]):
    status = Word(Status.values, allow_null=True)


def _own_status(valid: dict[str, Any]) -> dict[str, Any]:
    """Say `own_status`, as the verbs do; null is Unknown."""
    if "status" in valid:
        valid["own_status"] = valid.pop("status") or Status.UNKNOWN.value
    return valid


class _ComponentsView(ProjectView):
    written_by: ClassVar[Policy] = "builders"

    def rows(self) -> QuerySet[Component]:
        return Component.objects.filter(page=self.page).select_related("group")


class ComponentListView(_ComponentsView):
    @documented(
        "List all components",
        tag=TAG,
        answer=ComponentAnswer(many=True),
        parameters=[LIMIT, OFFSET, GROUP],
    )
    def get(self, request: Request) -> Response:
        rows = self.rows()
        if "group" in request.query_params:
            rows = rows.filter(group_id=request.query_params["group"].replace("\0", ""))
        return self.listed(rows, component_json)

    @documented(
        "Create a component",
        tag=TAG,
        body=ComponentIn,
        answer=ComponentAnswer,
        status=201,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        return self.once(self._create)

    def _create(self) -> Response:
        valid = self.valid(ComponentIn)
        if "status" in valid:
            valid["status"] = valid["status"] or Status.UNKNOWN.value
        component = lifecycle.create_component(self.page, **valid, by=self.by, now=self.now)
        return self.shaped(component, component_json, status=201)


class ComponentView(_ComponentsView):
    @documented("Get a component", tag=TAG, answer=ComponentAnswer)
    def get(self, request: Request, id: str) -> Response:
        return self.shaped(self.find(self.rows(), id), component_json)

    @documented(
        "Update a component", tag=TAG, body=ComponentIn(partial=True), answer=ComponentAnswer
    )
    def put(self, request: Request, id: str) -> Response:
        component = self.find(self.rows(), id)
        changes = _own_status(self.valid(ComponentIn, changing=component))
        component = lifecycle.change_component(component, changes, by=self.by, now=self.now)
        return self.shaped(component, component_json)

    patch = put

    @documented("Delete a component", tag=TAG, answer=None, status=204)
    def delete(self, request: Request, id: str) -> Response:
        lifecycle.delete_component(self.find(self.rows(), id), by=self.by, now=self.now)
        return Response(status=204)


class ComponentStatusView(_ComponentsView):
    written_by = "responders"

    @documented(
        "Update the status of a component",
        tag=TAG,
        body=ComponentStatusIn,
        answer=ComponentStatusAnswer,
    )
    def put(self, request: Request, id: str) -> Response:
        return self._set(id)

    @documented(
        "Update the status of a component",
        tag=TAG,
        # drf-spectacular takes every serializer of a PATCH for partial; this one asks for all.
        body={"application/json": {"$ref": "#/components/schemas/ComponentStatusInRequest"}},
        answer=ComponentStatusAnswer,
    )
    def patch(self, request: Request, id: str) -> Response:
        return self._set(id)

    @documented(
        "Set the status of a component",
        tag=TAG,
        body=ComponentStatusIn,
        answer=ComponentStatusAnswer,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request, id: str) -> Response:
        return self.once(lambda: self._set(id))

    def _set(self, component_id: str) -> Response:
        component = self.find(self.rows(), component_id)
        status = self.valid(ComponentStatusIn)["status"] or Status.UNKNOWN.value
        lifecycle.set_own_status(component, status, by=self.by, now=self.now)
        return self.shaped(component, component_status_json)
