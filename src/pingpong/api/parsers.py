"""Reading JSON bodies: strictly, within limits, with DRF's words for what is wrong."""

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.utils.json import strict_constant

from .errors import PayloadTooLargeError

# 10,000 data points and every message fit.
MAX_BODY_BYTES = 1024 * 1024


class StrictJSONParser(BaseParser):
    """JSON in UTF-8 up to 1 MiB; NaN, Infinity and endless nesting are errors, not values."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002 -- DRF's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 -- DRF's signature
    ) -> Any:
        return loads(bounded(stream))


def bounded(stream: IO[Any]) -> bytes:
    """Read a body up to the limit; raises PayloadTooLargeError."""
    body: bytes = stream.read(MAX_BODY_BYTES + 1)
    if len(body) > MAX_BODY_BYTES:
        raise PayloadTooLargeError
    return body


def loads(body: bytes) -> Any:
    """Decode JSON; raises ParseError."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=strict_constant)
    except ValueError as problem:
        raise ParseError(f"JSON parse error - {problem}") from problem
    except RecursionError as problem:
        raise ParseError("JSON parse error - nested too deep") from problem
