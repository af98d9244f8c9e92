"""Where a document finds the parts of its look: next to it, or, of a preview, inside it."""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from pingpong.pages.look import Look, Picture, content_of
from pingpong.pages.models import PictureKind

from .copies import digest_of
from .look_css import look_css


@dataclass(frozen=True, slots=True)
class Image:
    src: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class LookParts:
    """Addresses, relative to the page; empty or None for what it does not have."""

    sheet: str = ""
    icon: str = ""
    logo: Image | None = None
    dark_logo: Image | None = None


def sheet_name(css: str) -> str:
    """Return the name of a style sheet, which changes with what is in it."""
    return f"look.{digest_of(css.encode())[:16]}.css"


def look_parts(look: Look, root: str = "") -> LookParts:
    """Return where everything is when it is served next to the page; `root` leads there."""
    css = look_css(look)
    sheet = f"{root}{sheet_name(css)}" if css else ""
    return _parts(look, sheet, lambda _kind, picture: f"{root}{picture.name}")


def parts_within(page_id: str, look: Look) -> LookParts:
    """Return everything as data addresses: a preview is served from nowhere."""
    css = look_css(look)

    def source(kind: str, picture: Picture) -> str:
        return _data(picture.content_type, content_of(page_id, kind))

    return _parts(look, _data("text/css", css.encode()) if css else "", source)


def _parts(look: Look, sheet: str, source: Callable[[str, Picture], str]) -> LookParts:
    def image(kind: PictureKind) -> Image | None:
        picture = look.pictures.get(kind)
        if picture is None:
            return None
        return Image(source(kind, picture), picture.width, picture.height)

    icon = image(PictureKind.ICON)
    return LookParts(
        sheet=sheet,
        icon=icon.src if icon else "",
        logo=image(PictureKind.LOGO),
        dark_logo=image(PictureKind.DARK_LOGO),
    )


def _data(content_type: str, content: bytes) -> str:
    return f"data:{content_type};base64,{base64.b64encode(content).decode()}"
