"""Text that people typed, made safe to store and show."""

import re
import unicodedata

# Bidirectional overrides and isolates can make a name read as another one, spaces of no width
# make two names look alike. Joiners stay: emoji and many scripts need them.
_INVISIBLE = re.compile("[\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x01-\x1f\x7f-\x9f\u2028\u2029]+")


def clean_line(text: str) -> str:
    """Return one line of text: NFC, no control characters, no bidi overrides, trimmed."""
    visible = _INVISIBLE.sub("", _CONTROL.sub(" ", text))
    return unicodedata.normalize("NFC", visible).strip()
