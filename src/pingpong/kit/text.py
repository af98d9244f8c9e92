"""Text that people typed, made safe to store and show."""

import re
import unicodedata

# Bidirectional overrides and isolates can make a name read as another one.
_INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x01-\x1f\x7f-\x9f]+")


def clean_line(text: str) -> str:
    """Return one line of text: NFC, no control characters, no bidi overrides, trimmed."""
    without_controls = _CONTROL.sub(" ", unicodedata.normalize("NFC", text))
    return _INVISIBLE.sub("", without_controls).strip()
