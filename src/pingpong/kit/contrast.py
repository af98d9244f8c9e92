"""Colours as people type them, and whether text in one can be read on another (WCAG 2.2)."""

import re

ENOUGH = 4.5
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.ASCII | re.IGNORECASE)
_STEPS = 100

Rgb = tuple[int, int, int]


class ColorInvalidError(ValueError):
    """A text is no colour such as #1f5f46."""


def parse(color: str) -> Rgb:
    """Read `#rgb` or `#rrggbb`; raises ColorInvalidError."""
    text = color.strip()
    if not _HEX.fullmatch(text):
        raise ColorInvalidError(f"{text[:20]!r} is no colour such as #1f5f46.")
    digits = text[1:] if len(text) > len("#rgb") else "".join(one * 2 for one in text[1:])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def write(color: Rgb) -> str:
    """Write a colour as `#rrggbb`, in small letters."""
    return "#{:02x}{:02x}{:02x}".format(*color)


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours: 1 for the same, 21 for black and white."""
    lights = sorted((_luminance(parse(one)), _luminance(parse(other))))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Return `share` (0 to 1) of one colour and the rest of another, in sRGB."""
    pairs = zip(parse(one), parse(other), strict=True)
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in pairs)
    return write((red, green, blue))


def readable(color: str, *grounds: str) -> str:
    """Return the colour nearest to `color` whose contrast to every ground is enough.

    It is moved towards black or white, whichever needs less; where neither is enough, the better
    of the two is returned.
    """
    for step in range(_STEPS + 1):
        for pole in ("#000000", "#ffffff"):
            moved = mix(pole, color, step / _STEPS)
            if all(ratio(moved, ground) >= ENOUGH for ground in grounds):
                return moved
    return max(
        ("#000000", "#ffffff"), key=lambda pole: min(ratio(pole, ground) for ground in grounds)
    )


def _luminance(color: Rgb) -> float:
    red, green, blue = (_linear(channel / 255) for channel in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 -- sRGB
