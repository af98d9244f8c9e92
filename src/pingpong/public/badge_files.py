"""Which badges there are under which names, and what each answers."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .badge_svg import COLORS, STYLES, draw
from .badge_texts import FOLDER, Told, Values
from .copies import JSON

SVG = "image/svg+xml"
# Opened by itself, a badge is a picture and nothing else.
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
PLAIN = "flat"
# How long badge services may keep what they were told.
_SHIELDS_KEEP_S = 60
_NAME = re.compile(
    r"(?:(?P<subject>[0-9A-Za-z_-]{1,64})/)?(?P<figure>[a-z0-9-]{1,20})"
    r"(?:\.(?P<style>[a-z-]{1,20}))?\.(?P<kind>svg|json)"
)


@dataclass(frozen=True, slots=True)
class File:
    """One badge, as it is sent."""

    content_type: str
    policy: str
    text: bytes


def file_at(path: str, values: Values) -> File | None:
    """Return what a path of a badge answers; None where there is no such badge."""
    name = _NAME.fullmatch(path.rpartition(FOLDER)[2])
    if name is None:
        return None
    told = values.told(name["subject"] or "", name["figure"])
    style = name["style"] or PLAIN
    if told is None or style not in STYLES or not _suits(name["figure"], style):
        return None
    if name["kind"] == "svg":
        return File(SVG, POLICY, draw(told, style))
    return None if name["style"] else File(JSON, "", shields_json(told))


def names_of(values: Values, *, styles: tuple[str, ...] = tuple(STYLES)) -> Iterator[str]:
    """Return the names of all badges, for who cannot draw them when they are asked for."""
    for subject, figure in values.every():
        name = f"{subject}/{figure}" if subject else figure
        yield f"{name}.svg"
        yield f"{name}.json"
        yield from (f"{name}.{style}.svg" for style in styles if _suits(figure, style))


def shields_json(told: Told) -> bytes:
    """Return what shields.io asks an "endpoint" for."""
    document = {
        "schemaVersion": 1,
        "label": told.label,
        "message": told.message,
        "color": COLORS[told.sign],
        "cacheSeconds": _SHIELDS_KEEP_S,
    }
    if told.is_stale:
        document["isError"] = True
    return json.dumps(document, ensure_ascii=False).encode()


def _suits(figure: str, style: str) -> bool:
    """A dot tells of a state; a figure needs its digits."""
    return style != "dot" or figure == "status"
