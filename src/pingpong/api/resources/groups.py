"""Component groups: operations 8 to 11 of the contract."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pingpong.api.answers import GroupAnswer
from pingpong.api.fields import Line
from pingpong.api.schema import IDEMPOTENCY_KEY, LIMIT, OFFSET, documented
from pingpong.api.shapes import group_json
from pingpong.api.views import ProjectView
from pingpong.components import groups
from pingpong.components.models import DESCRIPTION_LENGTH, NAME_LENGTH, ComponentGroup

TAG = "Component groups"


class GroupIn(serializers.Serializer[Any]):
    name = Line(max_length=NAME_LENGTH)
    description = Line(
        required=False, allow_null=True, allow_blank=True, max_length=DESCRIPTION_LENGTH
    )


class _GroupsView(ProjectView):
    written_by = "builders"

    def rows(self) -> QuerySet[ComponentGroup]:
        return ComponentGroup.objects.filter(page=self.page)

    def one(self, group: ComponentGroup, *, status: int = 200) -> Response:
        return Response(group_json(group, self.page.name), status=status)


class GroupListView(_GroupsView):
    @documented(
        "List all component groups",
        tag=TAG,
        answer=GroupAnswer(many=True),
        parameters=[LIMIT, OFFSET],
    )
    def get(self, request: Request) -> Response:
        return self.listed(self.rows(), lambda group, scene: group_json(group, scene.project))

    @documented(
        "Create a component group",
        tag=TAG,
        body=GroupIn,
        answer=GroupAnswer,
        status=201,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        return self.once(self._create)

    def _create(self) -> Response:
        valid = self.valid(GroupIn)
        group = groups.create_group(self.page, **valid, by=self.by, now=self.now)
        return self.one(group, status=201)


class GroupView(_GroupsView):
    @documented("Get a component group", tag=TAG, answer=GroupAnswer)
    def get(self, request: Request, id: str) -> Response:
        return self.one(self.find(self.rows(), id))

    @documented("Update a component group", tag=TAG, body=GroupIn(partial=True), answer=GroupAnswer)
    def put(self, request: Request, id: str) -> Response:
        group = self.find(self.rows(), id)
        changes = self.valid(GroupIn, changing=group)
        return self.one(groups.change_group(group, changes, by=self.by, now=self.now))

    patch = put

    @documented("Delete a component group", tag=TAG, answer=None, status=204)
    def delete(self, request: Request, id: str) -> Response:
        groups.delete_group(self.find(self.rows(), id), by=self.by, now=self.now)
        return Response(status=204)
