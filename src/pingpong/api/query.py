"""Query parameters, as strictly read as bodies."""

from datetime import datetime
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from .fields import Instant, Word


def wanted_word(request: Request, name: str, words: list[str]) -> str | None:
    """Return a parameter in the contract's spelling, None when it is absent."""
    word: str | None = _read(request, name, Word(words))
    return word


def wanted_flag(request: Request, name: str) -> bool:
    """Return a parameter that is `true` or `false`; false when it is absent."""
    return wanted_word(request, name, ["true", "false"]) == "true"


def wanted_instant(request: Request, name: str) -> datetime | None:
    """Return a parameter that is an ISO 8601 date-time, None when it is absent.

    A plus that was not encoded arrives as a space.
    """
    at: datetime | None = _read(request, name, Instant(), plus_lost=True)
    return at


def _read(
    request: Request,
    name: str,
    field: serializers.Field[Any, Any, Any, Any],
    *,
    plus_lost: bool = False,
) -> Any:
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        return field.run_validation(text.replace(" ", "+") if plus_lost else text)
    except ValidationError as problem:
        raise ValidationError({name: problem.detail}) from problem
