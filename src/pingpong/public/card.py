"""The picture that other sites show beside a link: whose page it is, and how things stand."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.translation import gettext
from PIL import Image, ImageDraw, ImageFont, features

from pingpong.overview.summary import Summary

from . import words
from .body import Body
from .copies import digest_of

NAME = "card.png"
PNG = "image/png"
WIDTH, HEIGHT = 1200, 630
_FONT = Path(__file__).parent / "fonts" / "DejaVuSans-Bold.ttf"
_MARGIN = 88
_SIGN = 132
_BAND = 14
_PAPER, _INK, _SOFT = "#fbfaf7", "#1d2024", "#565b63"
# Of the style sheet: what the signs are filled with on a light page.
_COLORS = {"ok": "#1f7a50", "major": "#8f5600", "down": "#b3312a", "work": "#4a5f92"}
_NAME_SIZES, _STATUS_SIZES = (58, 48, 40, 34), (84, 72, 62, 54, 46, 40)
_RIGHT_TO_LEFT = range(0x590, 0x900)
# Drawn larger and made smaller: Pillow's lines have steps.
_OVERSAMPLED = 4


@dataclass(frozen=True, slots=True)
class Card:
    """All that the picture depends on. `fallback` stands where the font lacks the name."""

    name: str
    fallback: str
    status: str
    sign: str
    brand: str

    @property
    def mark(self) -> str:
        """Return what changes with the picture."""
        facts = (self.name, self.fallback, self.status, self.sign, self.brand)
        return digest_of("\0".join(facts).encode())[:8]


def card_of(summary: Summary) -> Card:
    return Card(
        name=summary.name,
        fallback=summary.look.host or summary.slug,
        status=gettext(summary.status),
        sign=words.page_sign(summary.color),
        brand=summary.look.color or summary.look.dark_color,
    )


def links_of(url: str, card: Card | None = None) -> dict[str, Any]:
    """Return what a document at a page of this address says of the picture.

    With a `card` others fetch it anew when it changes: many keep a picture as long as its address.
    """
    address = f"{url}{NAME}?{card.mark}" if card else f"{url}{NAME}"
    return {"url": address, "width": WIDTH, "height": HEIGHT}


def card_body(path: str, card: Card) -> Body:
    """Draw a card, as the answer of a path below that of its page."""
    return Body(
        path=f"{path}{NAME}",
        content_type=PNG,
        policy="default-src 'none'; sandbox",
        slot="",
        notice="",
        text=draw_card(card),
    )


def draw_card(card: Card) -> bytes:
    """Return a PNG of 1200 by 630."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, _BAND), fill=card.brand or _COLORS[card.sign])
    name = card.name if _can_write(card.name) else card.fallback
    _write(draw, name, top=_MARGIN, most_lines=2, sizes=_NAME_SIZES, fill=_SOFT, left=_MARGIN)
    image.paste(_sign(card.sign), (_MARGIN, 306), _mask())
    status = card.status if _can_write(card.status) else words.title_mark(card.sign)
    left = _MARGIN + _SIGN + 44
    _write(draw, status, middle=306 + _SIGN // 2, most_lines=3, sizes=_STATUS_SIZES, left=left)
    packed = BytesIO()
    image.save(packed, "PNG", compress_level=4)
    return packed.getvalue()


def _write(
    draw: ImageDraw.ImageDraw,
    text: str,
    *,
    left: int,
    most_lines: int,
    sizes: tuple[int, ...],
    fill: str = _INK,
    top: int = 0,
    middle: int | None = None,
) -> None:
    """Write a text as large as it fits, cut off where even the smallest size is too large."""
    room = WIDTH - _MARGIN - left
    for size in sizes:
        font = _font(size)
        lines = _wrap(text, font, room)
        if len(lines) <= most_lines:
            break
    else:
        lines = [*lines[: most_lines - 1], _cut(lines[most_lines - 1] + "…", font, room)]
    pitch = round(size * 1.2)
    start = top if middle is None else middle - pitch * len(lines) // 2
    for number, line in enumerate(lines):
        draw.text((left, start + number * pitch), line, font=font, fill=fill)


def _wrap(text: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines += _pieces(word, font, room)
    return lines or [""]


def _pieces(word: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    """Break a word that is wider than a line."""
    pieces = [""]
    for character in word:
        if pieces[-1] and font.getlength(pieces[-1] + character) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _cut(line: str, font: ImageFont.FreeTypeFont, room: int) -> str:
    while len(line) > 1 and font.getlength(line) > room:
        line = line[:-2] + "…"
    return line


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, size)


def _can_write(text: str) -> bool:
    """Tell whether the font has all characters, and whether they can be put in their order."""
    if any(ord(one) in _RIGHT_TO_LEFT for one in text) and not _can_shape():
        return False
    return all(_has_glyph(one) for one in set(text) if not one.isspace())


def _can_shape() -> bool:
    return bool(features.check("raqm") and features.check("fribidi"))


@lru_cache(maxsize=2000)
def _has_glyph(character: str) -> bool:
    font = _font(34)
    missing = font.getmask("\U0010ffff")
    found = font.getmask(character)
    return (found.size, bytes(found)) != (missing.size, bytes(missing))


def _sign(sign: str) -> Image.Image:
    """Draw a page's sign: a disk in its colour, and a mark that is told apart without colour."""
    edge = _SIGN * _OVERSAMPLED
    image = Image.new("RGB", (edge, edge), _COLORS[sign])
    draw = ImageDraw.Draw(image)
    for line in _STROKES[sign]:
        points = [(x * edge / 24, y * edge / 24) for x, y in line]
        width = round(edge * 2.4 / 24)
        draw.line(points, fill="#ffffff", width=width, joint="curve")
        for x, y in points:
            half = width / 2
            draw.ellipse((x - half, y - half, x + half, y + half), fill="#ffffff")
    return image.resize((_SIGN, _SIGN), Image.Resampling.LANCZOS)


def _mask() -> Image.Image:
    edge = _SIGN * _OVERSAMPLED
    mask = Image.new("L", (edge, edge), 0)
    ImageDraw.Draw(mask).ellipse((0, 0, edge - 1, edge - 1), fill=255)
    return mask.resize((_SIGN, _SIGN), Image.Resampling.LANCZOS)


_STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "ok": [[(6.8, 12.6), (10.3, 16.1), (17.3, 8.5)]],
    "major": [[(12, 5.5), (12, 13)], [(12, 17.8), (12, 17.9)]],
    "down": [[(7.5, 7.5), (16.5, 16.5)], [(16.5, 7.5), (7.5, 16.5)]],
    "work": [[(7, 9.2), (17, 9.2)], [(7, 14.8), (17, 14.8)]],
}
