"""Request headers of a check: names are answered, values never."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from pingpong.monitors.check_rules import (
    MOST_HEADERS,
    Header,
    problem_of_header,
    problem_of_headers,
)


@extend_schema_field(
    {
        "type": ["array", "null"],
        "maxItems": MOST_HEADERS,
        "items": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "minLength": 1},
                "value": {
                    "type": ["string", "null"],
                    "description": "null keeps the value that the header has.",
                },
            },
            "required": ["name", "value"],
        },
    }
)
class Headers(serializers.Field[Any, Any, Any, Any]):
    """The whole list of `{"name", "value"}`; null and `[]` mean none, a value of null the old."""

    def to_internal_value(self, data: Any) -> tuple[Header, ...]:
        if not isinstance(data, list):
            raise ValidationError(f'Expected a list of items but got type "{type(data).__name__}".')
        if len(data) > MOST_HEADERS:
            raise ValidationError(f"Ensure this field has no more than {MOST_HEADERS} elements.")
        headers = tuple(_header(item) for item in data)
        problem = problem_of_headers(headers)
        if problem is not None:
            raise ValidationError(problem)
        return headers


def _header(item: Any) -> Header:
    if not isinstance(item, dict):
        raise ValidationError('A header is an object with "name" and "value".')
    name, value = item.get("name"), item.get("value", "")
    problem = problem_of_header(name, value)
    if problem is not None:
        raise ValidationError(problem)
    header: Header = (item["name"], value)
    return header
