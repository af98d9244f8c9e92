"""How wide a text is in a badge: measured once, as there is no font where badges are drawn.

The figures are those of DejaVu Sans, which has the widths of Verdana, in tenths of a pixel at
11 pixels. A badge names the width that it counted on, so that another font is fitted into it.
"""

import unicodedata

SIZE_PX = 11.0
_FIRST = 32
# The printable characters of ASCII, in their order.
_REGULAR = (
    35, 44, 51, 92, 70, 105, 86, 30, 43, 43, 55, 92, 35, 40, 35, 37, 70, 70, 70, 70, 70, 70, 70,
    70, 70, 70, 37, 37, 92, 92, 92, 58, 110, 75, 75, 77, 85, 70, 63, 85, 83, 32, 32, 72, 61, 95,
    82, 87, 66, 87, 76, 70, 67, 81, 75, 109, 75, 67, 75, 43, 37, 43, 92, 55, 55, 67, 70, 60, 70,
    68, 39, 70, 70, 31, 31, 64, 31, 107, 70, 67, 70, 70, 45, 57, 43, 70, 65, 90, 65, 65, 58, 70,
    37, 70, 92,
)  # fmt: skip
_BOLD = (
    38, 50, 57, 92, 77, 110, 96, 34, 50, 50, 58, 92, 42, 46, 42, 40, 77, 77, 77, 77, 77, 77, 77,
    77, 77, 77, 44, 44, 92, 92, 92, 64, 110, 85, 84, 81, 91, 75, 75, 90, 92, 41, 41, 85, 70, 109,
    92, 94, 81, 94, 85, 79, 75, 89, 85, 121, 85, 80, 80, 50, 40, 50, 92, 55, 55, 74, 79, 65, 79,
    75, 48, 79, 78, 38, 38, 73, 38, 115, 78, 76, 79, 79, 54, 65, 53, 78, 72, 102, 71, 72, 64, 78,
    40, 78, 92,
)  # fmt: skip
# The means of the scripts that are written with many letters, up to the code point given.
_MEANS = ((0x24F, 68, 76), (0x3FF, 70, 79), (0x52F, 79, 88), (0x5FF, 61, 66), (0x6FF, 79, 89))
_OTHER = (75, 84)
# A character as wide as high; emoji are a little wider than that.
_FULL = 125


def width_of(text: str, *, is_bold: bool = False) -> float:
    """Return the width of a line in pixels, at 11 pixels."""
    return sum(_width(character, is_bold=is_bold) for character in text) / 10


def _width(character: str, *, is_bold: bool) -> int:
    place = ord(character) - _FIRST
    if 0 <= place < len(_REGULAR):
        return (_BOLD if is_bold else _REGULAR)[place]
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return _FULL
    # An accent does not make a letter of ASCII wider.
    letter = unicodedata.normalize("NFD", character)[0]
    if letter != character:
        return _width(letter, is_bold=is_bold)
    means = (mean for last, *mean in _MEANS if ord(character) <= last)
    return next(means, _OTHER)[is_bold]
