"""A badge as a picture: two words side by side, or a dot. Pure functions, without a font."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from .badge_texts import Told
from .glyph_widths import SIZE_PX, width_of
from .sign_paths import SIGN_PATHS

LEFT = "#4b5159"
# White on each of these is readable; they are the page's own colours.
COLORS = {
    "ok": "#1f7a50",
    "minor": "#8f5600",
    "major": "#8f5600",
    "down": "#b3312a",
    "work": "#4a5f92",
    "none": "#676c74",
}
_FONT = "Verdana,DejaVu Sans,Geneva,sans-serif"


@dataclass(frozen=True, slots=True)
class _Style:
    """Sizes in pixels. `spacing` is put after each character."""

    height: int
    radius: int
    font: float
    padding: int
    baseline: int
    spacing: float = 0.0
    is_loud: bool = False


_STYLES = {
    "flat": _Style(height=20, radius=4, font=11, padding=6, baseline=14),
    "flat-square": _Style(height=20, radius=0, font=11, padding=6, baseline=14),
    "for-the-badge": _Style(
        height=28, radius=4, font=10, padding=10, baseline=18, spacing=1, is_loud=True
    ),
}


def draw(told: Told, style: str) -> bytes:
    """Return a badge in one of :data:`STYLES`."""
    return STYLES[style](told)


def _wide(style: _Style) -> Callable[[Told], bytes]:
    return lambda told: _two_words(told, style)


def _two_words(told: Told, style: _Style) -> bytes:
    left, right = told.label, told.message
    if style.is_loud:
        left, right = left.upper(), right.upper()
    first, second = _width(left, style), _width(right, style, is_bold=style.is_loud)
    edge = first + 2 * style.padding
    whole = edge + second + 2 * style.padding
    root = _root(told, width=whole, height=style.height)
    ET.SubElement(root, "path", fill=LEFT, d=_left_half(edge, style))
    ET.SubElement(root, "path", fill=COLORS[told.sign], d=_right_half(edge, whole, style))
    facts = {"fill": "#fff", "font-family": _FONT, "font-size": f"{style.font:g}"}
    if style.spacing:
        facts["letter-spacing"] = f"{style.spacing:g}"
    group = ET.SubElement(root, "g", {**facts, "text-anchor": "middle"})
    _text(group, left, first, middle=edge / 2, style=style)
    word = _text(group, right, second, middle=(edge + whole) / 2, style=style)
    if style.is_loud:
        word.set("font-weight", "bold")
    return ET.tostring(root, encoding="unicode").encode()


def _dot(told: Told) -> bytes:
    root = _root(told, width=16, height=16)
    root.set("viewBox", "0 0 24 24")
    shape, glyph = SIGN_PATHS[told.sign]
    line = {"stroke-width": "3", "stroke-linecap": "round", "stroke-linejoin": "round"}
    ET.SubElement(root, "path", fill=COLORS[told.sign], d=shape)
    ET.SubElement(root, "path", {"d": glyph, "fill": "none", "stroke": "#fff", **line})
    return ET.tostring(root, encoding="unicode").encode()


STYLES: Mapping[str, Callable[[Told], bytes]] = {
    **{name: _wide(style) for name, style in _STYLES.items()},
    "dot": _dot,
}


def _root(told: Told, *, width: int, height: int) -> ET.Element:
    facts = {"xmlns": "http://www.w3.org/2000/svg", "width": str(width), "height": str(height)}
    root = ET.Element("svg", {**facts, "role": "img", "aria-label": told.title})
    ET.SubElement(root, "title").text = told.title
    return root


def _width(text: str, style: _Style, *, is_bold: bool = False) -> int:
    counted = width_of(text, is_bold=is_bold) * style.font / SIZE_PX
    return max(1, round(counted + style.spacing * len(text)))


def _text(group: ET.Element, text: str, width: int, *, middle: float, style: _Style) -> ET.Element:
    place = {"x": f"{middle:g}", "y": str(style.baseline), "textLength": str(width)}
    if not text.isascii():
        # Letters that are joined must not be torn apart, and a mean is not exact.
        place["lengthAdjust"] = "spacingAndGlyphs"
    one = ET.SubElement(group, "text", place)
    one.text = text
    return one


def _left_half(edge: int, style: _Style) -> str:
    height, radius = style.height, style.radius
    if not radius:
        return f"M0 0h{edge}v{height}H0z"
    corner = f"a{radius} {radius} 0 0 1"
    return (
        f"M{radius} 0H{edge}v{height}H{radius}{corner}-{radius}-{radius}v{2 * radius - height}"
        f"{corner} {radius}-{radius}z"
    )


def _right_half(edge: int, whole: int, style: _Style) -> str:
    height, radius = style.height, style.radius
    if not radius:
        return f"M{edge} 0H{whole}v{height}H{edge}z"
    corner = f"a{radius} {radius} 0 0 1"
    return (
        f"M{edge} 0H{whole - radius}{corner} {radius} {radius}v{height - 2 * radius}"
        f"{corner}-{radius} {radius}H{edge}z"
    )
