"""What a team wrote, once more in each language that its page offers."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.kit.html import MessageTooLargeError, sanitise
from pingpong.kit.text import clean_line

from .look import languages_of
from .models import Page, Subject, Translation
from .versions import touch

Texts = Mapping[tuple[str, str, str], str]
"""Texts of one language by kind, id and field of what they translate."""

# What each kind has to translate, and how many characters a line may have.
_DESCRIBED = {"name": 50, "description": 255}
FIELDS: Mapping[Subject, Mapping[str, int]] = {
    Subject.PAGE: {"name": 50},
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
    """A text that cannot be a translation; `field` says of what."""

    def __init__(self, text: str, *, field: str) -> None:
        super().__init__(text)
        self.field = field


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


@transaction.atomic
def translate(
    page: Page,
    kind: Subject,
    subject_id: str,
    texts: Mapping[tuple[str, str], str],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Keep the texts of one subject by language and field; an empty one takes it away.

    `message` and `postmortem` are HTML and are sanitised. The caller has made sure that the
    subject is one of the page. Raises TranslationInvalidError.
    """
    touch(page.pk)
    page.refresh_from_db()
    offered = languages_of(page)
    own = Translation.objects.filter(page=page, kind=kind, subject_id=subject_id)
    known = {(one.language, one.field): one.text for one in own}
    changed: dict[str, list[str]] = {}
    for (language, field), text in texts.items():
        if language not in offered:
            raise TranslationInvalidError("The page does not offer this language.", field=field)
        clean = _checked(kind, field, text)
        if known.get((language, field), "") == clean:
            continue
        changed.setdefault(language, []).append(field)
        if clean:
            own.update_or_create(
                page=page,
                kind=kind,
                subject_id=subject_id,
                language=language,
                field=field,
                defaults={"text": clean},
            )
        else:
            own.filter(language=language, field=field).delete()
    if changed:
        record(
            Kind.PAGE_TEXT_TRANSLATED,
            page_id=page.pk,
            subject_id=subject_id,
            by=by,
            now=now,
            data={"kind": kind.value, "languages": changed},
        )


def _checked(kind: Subject, field: str, text: str) -> str:
    longest = FIELDS[kind].get(field)
    if longest is None:
        raise TranslationInvalidError("There is no such text.", field=field)
    if len(text) > longest:
        raise TranslationInvalidError(f"At most {longest} characters.", field=field)
    if field not in HTML_FIELDS:
        return clean_line(text)
    try:
        return sanitise(text.strip())
    except MessageTooLargeError as problem:
        raise TranslationInvalidError("This text is too large.", field=field) from problem
