"""The style sheet of one page's look: its colours, the rules of its team, and ours last."""

from functools import cache
from pathlib import Path

from pingpong.kit import contrast
from pingpong.pages.look import Look

_ASSETS = Path(__file__).parent / "assets"
# The grounds of page.css on which the colour is read: --paper, --raise, and the head in the
# tint of each status (--ok-bar and so on).
_PAPER, _DARK_PAPER = "#fbfaf7", "#14161a"
_BARS = ("#4f9f78", "#c98a1b", "#cf4238", "#7086bd", "#8d9199")
_DARK_BARS = ("#4c9b74", "#d59b37", "#e2655b", "#7b91cc", "#747a84")
GROUNDS = (_PAPER, "#ffffff", *(contrast.mix(bar, _PAPER, 0.10) for bar in _BARS))
DARK_GROUNDS = (
    _DARK_PAPER,
    "#1b1e24",
    *(contrast.mix(bar, _DARK_PAPER, 0.12) for bar in _DARK_BARS),
)


def look_css(look: Look) -> str:
    """Return the style sheet; empty for a page that has no look of its own.

    What the team wrote stands before the rules that keep the status readable.
    """
    parts = []
    if look.header_links or look.footer_links or look.pictures:
        parts.append(_asset("look.css"))
    if look.color or look.dark_color:
        parts += [_colors(look), _asset("brand.css")]
    if look.css:
        parts += [look.css, _asset("guard.css")]
    return "\n".join(parts)


def readable_colors(color: str, dark_color: str) -> tuple[str, str]:
    """Return in which colours text is set on a light and on a dark page: ones that can be read."""
    light, dark = color or dark_color, dark_color or color
    return contrast.readable(light, *GROUNDS), contrast.readable(dark, *DARK_GROUNDS)


def _colors(look: Look) -> str:
    light, dark = readable_colors(look.color, look.dark_color)
    first, second = look.color or look.dark_color, look.dark_color or look.color
    return (
        f":root{{--brand:{first};--brand-text:{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{--brand:{second};--brand-text:{dark}}}}}"
    )


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8").strip()
