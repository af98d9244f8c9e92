"""The style sheet of one page's look: its colours, the rules of its team, and ours last."""

from functools import cache
from pathlib import Path

from pingpong.pages.colors import readable_colors
from pingpong.pages.look import Look

_ASSETS = Path(__file__).parent / "assets"


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
