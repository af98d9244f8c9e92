"""Ids in request bodies: they name things of the token's own page, or nothing."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from pingpong.components.models import Component, ComponentGroup
from pingpong.components.status import Status
from pingpong.kit.ids import is_readable_id

from .fields import Word, quoted

MAX_AFFECTED = 1000
_ID_SCHEMA = {"type": "string", "pattern": "^[0-9A-Za-z]{1,22}$"}


def missing(data: object) -> str:
    """Return DRF's sentence for an id that names nothing here."""
    return f'Invalid pk "{quoted(data)}" - object does not exist.'


class _Reference(serializers.Field[Any, Any, Any, Any]):
    default_error_messages = {"invalid": "Not a valid string."}

    rows: ClassVar[QuerySet[Any]]

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid")
        row = (
            self.rows.filter(page=self.context["page"], pk=data).first()
            if is_readable_id(data)
            else None
        )
        if row is None:
            raise ValidationError(missing(data), code="does_not_exist")
        return row


@extend_schema_field(_ID_SCHEMA)
class GroupReference(_Reference):
    rows = ComponentGroup.objects.all()


@extend_schema_field(_ID_SCHEMA)
class ComponentReference(_Reference):
    rows = Component.objects.select_related("group")


def _components(page: Any, ids: list[Any]) -> dict[str, Component]:
    """Return the named components by id, in one query; refuse the whole list if one is missing."""
    readable = [one for one in ids if is_readable_id(one)]
    rows = Component.objects.filter(page=page, pk__in=readable).select_related("group")
    found = {row.pk: row for row in rows}
    problems = [missing(one) for one in ids if not isinstance(one, str) or one not in found]
    if problems:
        raise ValidationError(problems[:10], code="does_not_exist")
    return found


class _Id(serializers.CharField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class _AffectedIn(serializers.Serializer[Any]):
    id = _Id()
    status = Word(Status.values)


class _List(serializers.Field[Any, Any, Any, Any]):
    default_error_messages = {
        "not_a_list": 'Expected a list of items but got type "{input_type}".',
        "max_length": f"Ensure this field has no more than {MAX_AFFECTED} elements.",
    }

    def items(self, data: Any) -> list[Any]:
        if not isinstance(data, list):
            self.fail("not_a_list", input_type=type(data).__name__)
        if len(data) > MAX_AFFECTED:
            self.fail("max_length")
        return data


@extend_schema_field(
    {
        "type": "array",
        "maxItems": MAX_AFFECTED,
        "items": {
            "type": "object",
            "properties": {"id": _ID_SCHEMA, "status": {"type": "string", "enum": Status.values}},
            "required": ["id", "status"],
        },
    }
)
class AffectedWithStatus(_List):
    """The contract's `[{"id", "status"}]`; of a component named twice the last word counts."""

    def to_internal_value(self, data: Any) -> list[tuple[Component, str]]:
        forms = [_AffectedIn(data=item) for item in self.items(data)]
        if [form for form in forms if not form.is_valid()]:
            raise ValidationError([form.errors for form in forms])
        statuses = {form.validated_data["id"]: form.validated_data["status"] for form in forms}
        found = _components(self.context["page"], list(statuses))
        return [(found[one], status) for one, status in statuses.items()]


@extend_schema_field(
    {
        "type": "array",
        "maxItems": MAX_AFFECTED,
        "items": {
            "oneOf": [
                _ID_SCHEMA,
                {"type": "object", "properties": {"id": _ID_SCHEMA}, "required": ["id"]},
            ]
        },
    }
)
class AffectedByMaintenance(_List):
    """The contract's array of ids; objects with an `id` do as well (A9)."""

    def to_internal_value(self, data: Any) -> list[Component]:
        ids = [item.get("id") if isinstance(item, dict) else item for item in self.items(data)]
        if not all(isinstance(one, str) for one in ids):
            raise ValidationError("Give ids of components, or objects with an id.")
        unique = list(dict.fromkeys(str(one) for one in ids))
        found = _components(self.context["page"], unique)
        return [found[one] for one in unique]
