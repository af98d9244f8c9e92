"""Public identifiers: 22 characters of base57, opaque to every reader."""

import re

import shortuuid

ID_LENGTH = 22
_READABLE_ID = re.compile(r"[0-9A-Za-z]{1,22}", re.ASCII)


def new_id() -> str:
    """Make a random identifier of 22 characters without 0, 1, I, O and l."""
    return str(shortuuid.uuid())


def is_readable_id(text: object) -> bool:
    """Tell whether a text can be an identifier at all (contract A15: any base62, up to 22)."""
    return isinstance(text, str) and _READABLE_ID.fullmatch(text) is not None
