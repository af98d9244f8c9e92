"""Finds what is to be translated, in the Python code and in the templates."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

SOURCE = Path("src/pingpong")
_PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop")
_WITH_CONTEXT = frozenset({"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"})
_WITH_PLURAL = frozenset({"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"})
_KEYWORDS = (*_PLAIN, *sorted(_WITH_CONTEXT | _WITH_PLURAL))


@dataclass(slots=True)
class Message:
    """One text. `plural` is empty where there is one form; `places` are files."""

    text: str
    plural: str = ""
    context: str = ""
    places: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


def find_messages(package: Path) -> list[Message]:
    """Return each text once, in the order of its first place."""
    found: dict[tuple[str, str], Message] = {}
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.txt")]):
        for message in _messages_of(path):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            place = path.relative_to(package).as_posix()
            if place not in known.places:
                known.places.append(place)
    return list(found.values())


def _messages_of(path: Path) -> Iterator[Message]:
    source = path.read_text()
    if path.suffix != ".py":
        # Python's indentation rules are not those of a template.
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.strip() for line in lines)
    keywords = dict.fromkeys(_KEYWORDS)
    encoded = io.BytesIO(source.encode())
    for _line, function, texts, _comments in extract_python(encoded, keywords, (), {}):
        parts = [part for part in _as_tuple(texts) if part]
        context = parts.pop(0) if function in _WITH_CONTEXT else ""
        if parts:
            plural = parts[1] if function in _WITH_PLURAL else ""
            yield Message(parts[0], plural, context)


def _as_tuple(texts: object) -> tuple[str | None, ...]:
    if isinstance(texts, tuple):
        return texts
    return (texts if isinstance(texts, str) else None,)
