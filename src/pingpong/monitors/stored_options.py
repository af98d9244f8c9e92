"""Options as they stand in a row, also those that this release cannot read."""

import json
from functools import lru_cache
from typing import Any

import msgspec
import structlog

from .checks import Options, options_of

log = structlog.get_logger(__name__)


@lru_cache(maxsize=20_000)
def read_options(text: str) -> Options:
    """Return the options of a row's JSON; raises ValueError for what is none.

    What cannot be read, as after going back to an older release, has its default, and is told in
    the log once: one row stops no other.
    """
    stored = json.loads(text)
    try:
        return options_of(stored)
    except msgspec.ValidationError as problem:
        log.warning("options_unreadable", problem=str(problem))
        return options_of(_readable(stored))


def readable_options(stored: Any) -> Options:
    """Return the options of a row as `read_options` does."""
    try:
        return options_of(stored)
    except msgspec.ValidationError:
        return read_options(json.dumps(stored))


def _readable(stored: Any) -> dict[str, Any]:
    if not isinstance(stored, dict):
        return {}
    return {name: value for name, value in stored.items() if _can_be_read({name: value})}


def _can_be_read(stored: dict[str, Any]) -> bool:
    try:
        options_of(stored)
    except msgspec.ValidationError:
        return False
    return True
