"""Text that people typed, made safe to store and show."""

import re
import unicodedata

# Bidirectional overrides and isolates can make a name read as another one, spaces of no width
# make two names look alike. Joiners stay: emoji and many scripts need them.
_INVISIBLE = re.compile("[\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]")
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs that show nothing
_CONTROL = re.compile("[\x01-\x1f\x7f-\x9f\u2028\u2029]+")


def clean_line(text: str) -> str:
    """Return one line of text: NFC, no control characters, no bidi overrides, trimmed."""
    visible = _INVISIBLE.sub("", _CONTROL.sub(" ", text))
    line = unicodedata.normalize("NFC", visible).strip()
    return "" if all(_is_blank(character) for character in line) else line


def _is_blank(character: str) -> bool:
    return character in _FILLERS or unicodedata.category(character) in ("Cf", "Zs")
