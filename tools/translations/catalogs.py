"""The files of translations: kept in step with the code, and compiled."""

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .messages import SOURCE, Message


@dataclass(frozen=True, slots=True)
class Package:
    """What says something, in which languages besides English; Django's names are the folders."""

    name: str
    languages: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return SOURCE / self.name


DASHBOARD = Package("dashboard", ("de", "es", "fr", "ja", "sv"))
PUBLIC = Package(
    "public",
    ("ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "sv", "tr", "zh_Hans"),
)
PACKAGES = (DASHBOARD, PUBLIC)
_HEADER = "# Translations of the {name}; tools/translations keeps this file."
_LEFT_OUT = tuple(
    f'"{name}'.encode()
    for name in (
        *("Project-Id", "Report-Msgid", "POT-Creation", "PO-Revision"),
        *("Last-Translator", "Language-Team", "Generated-By"),
    )
)

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def path_of(language: str, package: Package) -> Path:
    """Return where the texts of a language are."""
    return package.folder / "locale" / language / "LC_MESSAGES" / "django.po"


def compiled_path_of(language: str, package: Package) -> Path:
    """Return where the form is that Django reads."""
    return path_of(language, package).with_suffix(".mo")


def read(language: str, package: Package) -> Catalog:
    """Return what is translated into a language; nothing where there is no file yet."""
    path = path_of(language, package)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def update(language: str, messages: list[Message], package: Package) -> int:
    """Bring a file in step with the code, keep what is translated; return how many are not."""
    old = read(language, package)
    header = _HEADER.format(name=package.name)
    new = Catalog(locale=language, header_comment=header, charset="utf-8", fuzzy=False)
    missing = 0
    for message in messages:
        known = old.get(message.text, context=message.context or None)
        translated = known.string if known and not known.fuzzy else ""
        identity = (message.text, message.plural) if message.plural else message.text
        if isinstance(translated, str) == bool(message.plural):
            translated = ("",) * new.num_plurals if message.plural else ""
        missing += not _is_whole(translated)
        places = [(place, None) for place in message.places]
        new.add(identity, translated, locations=places, context=message.context or None)  # type: ignore[arg-type] # a place without a line
    _write(language, new, package)
    return missing


def take(language: str, source: Path, package: Package) -> list[str]:
    """Put translations from a JSON file into a file of ours; return what it has too much."""
    catalog = read(language, package)
    unknown = []
    for key, translated in json.loads(source.read_text()).items():
        context, _, text = key.rpartition("|")
        message = catalog.get(text, context=context or None)
        if message is None:
            unknown.append(key)
        else:
            message.string = tuple(translated) if isinstance(translated, list) else translated
    _write(language, catalog, package)
    return unknown


def _write(language: str, catalog: Catalog, package: Package) -> None:
    path = path_of(language, package)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_written(catalog))


def compiled(language: str, package: Package) -> bytes:
    """Return the texts of a language in the form that Django reads."""
    target, catalog = io.BytesIO(), read(language, package)
    catalog.creation_date = catalog.revision_date = _NO_DATE
    write_mo(target, catalog)
    return target.getvalue()


def _is_whole(translated: object) -> bool:
    parts = translated if isinstance(translated, tuple | list) else [translated]
    return all(parts)


def _written(catalog: Catalog) -> bytes:
    target = io.BytesIO()
    write_po(target, catalog, width=100, omit_header=False, include_lineno=False)
    # Dates would make each writing a change; nobody's name and address need no line.
    lines = target.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_LEFT_OUT))
