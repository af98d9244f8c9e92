"""What one badge says, found in the values of a page: a pure function of two texts."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pingpong.kit.text import clean_line

INDEX = "index.json"
# In a page's address no other part has this name before a file: ids are 22 characters long.
FOLDER = "/badge/"
# No badge grows without end; the whole text is in its title.
_LONGEST = 60
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a badge; `title` is for who does not see it, or wants it whole."""

    label: str
    message: str
    sign: str
    title: str
    is_stale: bool = False


class Values:
    """The values of one page, as :mod:`badge_bodies` wrote them down."""

    def __init__(self, document: bytes) -> None:
        self._found: Mapping[str, Any] = json.loads(document)

    def told(self, subject: str, figure: str) -> Told | None:
        """Return what a badge says; the subject is an id, or empty for the page."""
        known = self._found["subjects"].get(subject)
        value = known and known["badges"].get(figure)
        if not value:
            return None
        message, sign = value
        label = self._label(known["name"] if subject else "", figure)
        title = f"{label}: {message}"
        checked_at = self._found.get("checked_at", "")
        if not self._found["stale"]:
            return Told(_short(label), _short(message), sign, _line(title))
        minute = f"{checked_at[:10]} {checked_at[11:16]} UTC"
        words = self._found["words"]
        return Told(
            _short(label),
            f"{_short(message)}, {_line(words['as_of'])} {minute}",
            "none",
            _line(f"{title}. {words['stale']} {minute}"),
            is_stale=True,
        )

    def every(self) -> Iterator[tuple[str, str]]:
        """Return subject and figure of each badge that there is."""
        for subject, known in self._found["subjects"].items():
            for figure in known["badges"]:
                yield subject, figure

    def _label(self, name: str, figure: str) -> str:
        word = self._found["labels"][figure]
        if not name:
            return str(word)
        return name if figure == "status" else f"{name} {word}"


def index_path(path: str) -> str:
    """Return where the values of a badge are; empty for what is no badge."""
    folder, found, _ = path.rpartition(FOLDER)
    return f"{folder}{FOLDER}{INDEX}" if found else ""


def _line(text: str) -> str:
    """Return text as a picture may hold it: XML has no control characters."""
    return clean_line(_NOT_IN_XML.sub(" ", text)) or "?"


def _short(text: str) -> str:
    line = _line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
