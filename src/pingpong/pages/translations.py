"""What a team wrote, once more in each language that its page offers."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.kit.html import MessageTooLargeError, as_message
from pingpong.kit.text import clean_line

from .look import languages_of
from .models import NAME_LENGTH, Page, Subject, Translation
from .versions import touch

Texts = Mapping[tuple[str, str, str], str]
"""Texts of one language by kind, id and field of what they translate."""

# What each kind has to translate, and how many characters a line may have.
_DESCRIBED = {"name": 50, "description": 255}
FIELDS: Mapping[Subject, Mapping[str, int]] = {
    Subject.PAGE: {"name": NAME_LENGTH},
    Subject.LINK: {"label": 50},
    Subject.GROUP: _DESCRIBED,
    Subject.COMPONENT: _DESCRIBED,
    Subject.MONITOR: _DESCRIBED,
    Subject.INCIDENT: {"title": 100, "message": 20_000, "postmortem": 20_000},
    Subject.UPDATE: {"message": 20_000},
    Subject.MAINTENANCE: {"title": 100, "message": 20_000},
}
_PLACE = ("kind", "subject_id", "field")
HTML_FIELDS = frozenset({"message", "postmortem"})


class TranslationInvalidError(Exception):
    """A text that cannot be a translation; `place` says of what."""

    def __init__(self, text: str, place: "Place") -> None:
        super().__init__(text)
        self.place = place


def texts_of(page: Page) -> dict[str, dict[tuple[str, str, str], str]]:
    """Read every translation of the languages that a page offers. One query, none without any."""
    languages = languages_of(page)
    found: dict[str, dict[tuple[str, str, str], str]] = {}
    if not languages:
        return found
    rows = Translation.objects.filter(page=page, language__in=languages)
    for language, *place, text in rows.values_list("language", *_PLACE, "text"):
        found.setdefault(language, {})[place[0], place[1], place[2]] = text
    return found


class Place(NamedTuple):
    """What a translation is of, and in which language."""

    kind: Subject
    subject_id: str
    field: str
    language: str


@transaction.atomic
def translate(page: Page, texts: Mapping[Place, str], *, by: Actor, now: datetime) -> None:
    """Keep some texts; an empty one takes the translation away, and the original is shown.

    `message` and `postmortem` are HTML and are sanitised. The caller has made sure that what they
    are of is of the page. Raises TranslationInvalidError.
    """
    touch(page.pk)
    page.refresh_from_db()
    offered = languages_of(page)
    ids = {place.subject_id for place in texts}
    rows = Translation.objects.filter(page=page, subject_id__in=ids)
    known = {Place(Subject(row.kind), *_rest(row)): row for row in rows}
    changed: dict[tuple[Subject, str], dict[str, list[str]]] = {}
    for place, text in texts.items():
        if place.language not in offered:
            raise TranslationInvalidError("The page does not offer this language.", place)
        clean, row = _checked(place, text), known.get(place)
        if clean == (row.text if row else ""):
            continue
        _keep(page, place, clean, row)
        of_subject = changed.setdefault((place.kind, place.subject_id), {})
        of_subject.setdefault(place.language, []).append(place.field)
    for (kind, subject_id), languages in changed.items():
        record(
            Kind.PAGE_TEXT_TRANSLATED,
            page_id=page.pk,
            subject_id=subject_id,
            by=by,
            now=now,
            data={"kind": kind.value, "languages": languages},
        )


def _rest(row: Translation) -> tuple[str, str, str]:
    return row.subject_id, row.field, row.language


def _keep(page: Page, place: Place, text: str, row: Translation | None) -> None:
    if row is not None and not text:
        row.delete()
    elif row is not None:
        row.text = text
        row.save(update_fields=["text"])
    else:
        Translation.objects.create(page=page, text=text, **place._asdict())


def _checked(place: Place, text: str) -> str:
    longest = FIELDS[place.kind].get(place.field)
    if longest is None:
        raise TranslationInvalidError("There is no such text.", place)
    if place.field not in HTML_FIELDS:
        text = clean_line(text)
    if len(text) > longest:
        raise TranslationInvalidError(f"A translation has at most {longest} characters.", place)
    if place.field not in HTML_FIELDS:
        return text
    try:
        return as_message(text)
    except MessageTooLargeError as problem:
        raise TranslationInvalidError("This text is too large.", place) from problem
