"""The lines of a calendar (RFC 5545, section 3.1): escaped, and folded at 75 octets."""

import re
from datetime import UTC, datetime

_WIDTH = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


def text(name: str, value: str) -> str:
    """Return a property whose value is a text; whatever that holds, it is one property."""
    told = "\n".join(value.splitlines())
    return fold(f"{name}:{_CONTROLS.sub('', told).translate(_ESCAPES)}")


def instant(name: str, at: datetime) -> str:
    return f"{name}:{at.astimezone(UTC).strftime('%Y%m%dT%H%M%SZ')}\r\n"


def fold(line: str) -> str:
    """End a line, and break it where it is too long, between characters."""
    octets = len(line.encode())
    if octets <= _WIDTH:
        return f"{line}\r\n"
    parts, room = [""], _WIDTH
    for character in line:
        room -= len(character.encode())
        if room < 0:
            parts.append("")
            # The blank that begins a line that goes on counts too.
            room = _WIDTH - 1 - len(character.encode())
        parts[-1] += character
    return "\r\n ".join(parts) + "\r\n"
