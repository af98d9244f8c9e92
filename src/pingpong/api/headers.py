"""Request headers of a check: names are answered, values never."""

import re
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

MOST_HEADERS = 20
MOST_BYTES = 8 * 1024
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t -~]*")
# They belong to the connection, which is ours.
REFUSED = frozenset(
    {
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)

Header = tuple[str, str | None]


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
        names = [name.lower() for name, _ in headers]
        if len(set(names)) < len(names):
            raise ValidationError("A header is named twice.")
        if sum(len(name) + len(value or "") for name, value in headers) > MOST_BYTES:
            raise ValidationError(f"All headers together are more than {MOST_BYTES} bytes.")
        return headers


def _header(item: Any) -> Header:
    if not isinstance(item, dict):
        raise ValidationError('A header is an object with "name" and "value".')
    name, value = item.get("name"), item.get("value", "")
    if not isinstance(name, str) or not _TOKEN.fullmatch(name):
        raise ValidationError("The name of a header has letters, digits and hyphens.")
    if name.lower() in REFUSED:
        raise ValidationError(f'The header "{name[:60]}" is not yours to set.')
    if value is not None and (not isinstance(value, str) or not _VALUE.fullmatch(value)):
        raise ValidationError("The value of a header is one line of printable ASCII.")
    return name, value
