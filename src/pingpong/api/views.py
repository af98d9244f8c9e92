"""What all views of the API have in common."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, Literal

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from pingpong.kit.actor import Actor
from pingpong.kit.clock import utc_now
from pingpong.kit.ids import is_readable_id
from pingpong.pages.models import Page
from pingpong.teams.roles import may_respond

from . import idempotency
from .auth import token_of
from .pagination import page_of
from .shapes import Scene, scene_of

Policy = Literal["builders", "responders"]
Shape = Callable[[Any, Scene], dict[str, Any]]


class ProjectView(APIView):
    """A view of the token's project. `written_by` is the declared policy of its writes."""

    written_by: ClassVar[Policy]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.now: datetime = utc_now()
        super().initial(request, *args, **kwargs)

    @property
    def page(self) -> Page:
        return token_of(self.request).membership.page

    @property
    def by(self) -> Actor:
        person = token_of(self.request).membership.person
        return Actor(person.name, person.pk)

    def scene(self) -> Scene:
        may_write = may_respond(token_of(self.request).membership.role)
        return scene_of(self.page, shows_keys=may_write, now=self.now)

    def find(self, rows: QuerySet[Any], row_id: str) -> Any:
        """Return one row of the project's, or raise NotFound: foreign ids are unknown ones."""
        row = rows.filter(pk=row_id).first() if is_readable_id(row_id) else None
        if row is None:
            raise NotFound
        return row

    def valid(
        self, form: type[serializers.Serializer[Any]], *, changing: Model | None = None
    ) -> dict[str, Any]:
        """Return the checked body; when changing something, only what was named in it."""
        serializer = form(
            changing,
            data=self.request.data,
            partial=changing is not None,
            context={"page": self.page, "now": self.now},
        )
        serializer.is_valid(raise_exception=True)
        valid: dict[str, Any] = serializer.validated_data
        return valid

    def listed(self, rows: QuerySet[Any], shape: Shape) -> Response:
        """Answer a list as a bare array."""
        some, headers = page_of(self.request, rows)
        scene = self.scene()
        return Response([shape(row, scene) for row in some], headers=headers)

    def shaped(self, row: Any, shape: Shape, *, status: int = 200) -> Response:
        return Response(shape(row, self.scene()), status=status)

    def once(self, act: Callable[[], Response]) -> Response:
        """Run a POST under its Idempotency-Key, if it has one."""
        return idempotency.once(self.request, act, page_id=self.page.pk, now=self.now)
