"""Badges as pictures: whole XML, wide enough for their words, the same for everybody."""

from xml.etree import ElementTree as ET

import pytest

from pingpong.public.badge_svg import COLORS, LEFT, STYLES, draw
from pingpong.public.badge_texts import Told
from pingpong.public.glyph_widths import width_of

_SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert(1)</script> &amp; " onload="x'


def _told(label: str = "status", message: str = "Operational", sign: str = "ok") -> Told:
    return Told(label, message, sign, f"{label}: {message}")


def _parsed(told: Told, style: str = "flat") -> ET.Element:
    return ET.fromstring(draw(told, style))  # noqa: S314 -- what we drew ourselves


def _brightness(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("style", STYLES)
def test_badge_is_a_small_picture_with_a_name(style: str) -> None:
    root = _parsed(_told(), style)
    assert root.tag == f"{_SVG}svg"
    assert (root.get("role"), root.get("aria-label")) == ("img", "status: Operational")
    assert root.findtext(f"{_SVG}title") == "status: Operational"
    assert len(draw(_told(), style)) < 900


@pytest.mark.parametrize("style", STYLES)
def test_hostile_name_stays_text(style: str) -> None:
    root = _parsed(_told(HOSTILE, HOSTILE), style)
    tags = {one.tag.removeprefix(_SVG) for one in root.iter()}
    assert tags <= {"svg", "title", "path", "g", "text"}
    assert {name for one in root.iter() for name in one.attrib if name.startswith("on")} == set()
    assert root.findtext(f"{_SVG}title") == f"{HOSTILE}: {HOSTILE}"
    shown = HOSTILE.upper() if style == "for-the-badge" else HOSTILE
    assert {one.text for one in root.iter(f"{_SVG}text")} == ({shown} if style != "dot" else set())


def test_words_stand_in_the_middle_of_their_halves() -> None:
    root = _parsed(_told("API", "Major issues", "major"))
    left, right = root.iter(f"{_SVG}text")
    widths = [int(one.get("textLength", "")) for one in (left, right)]
    assert widths == [round(width_of("API")), round(width_of("Major issues"))] == [17, 68]
    assert int(root.get("width", "")) == sum(widths) + 4 * 6
    assert [float(one.get("x", "")) for one in (left, right)] == [14.5, 69]


@pytest.mark.parametrize(
    ("text", "px"),
    [
        ("", 0),
        ("iiiii", 15.5),
        ("WWWWW", 54.5),
        ("\u00e9", 6.8),  # an accent makes no letter wider
        ("e\u0301", 6.8),
        ("\u4e2d\u6587", 25),
        ("\u0414", 7.9),
        ("\u0627\u0644\u0628\u0631\u064a\u062f", 47.4),
    ],
)
def test_width_of_a_text_is_that_of_its_letters(text: str, px: float) -> None:
    assert width_of(text) == pytest.approx(px)
    assert width_of(text, is_bold=True) >= width_of(text)


def test_white_is_readable_on_every_colour() -> None:
    contrasts = {color: 1.05 / (_brightness(color) + 0.05) for color in (LEFT, *COLORS.values())}
    assert {color for color, contrast in contrasts.items() if contrast < 4.5} == set()
