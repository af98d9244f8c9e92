"""The texts of one thing in each language that its page offers, as a form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from pingpong.dashboard.translatable import Part, Thing
from pingpong.pages.languages import LANGUAGES, direction_of, tag_of
from pingpong.pages.translations import FIELDS, HTML_FIELDS, Place, Texts

from .text_fields import LineField, MessageField


@dataclass(frozen=True, slots=True)
class Block:
    """The fields of one language."""

    name: str
    fields: Sequence[tuple[Part, forms.BoundField]]


class TranslationForm(forms.Form):
    """Fields have the names `<language>-<number of the part>`."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        thing: Thing,
        languages: Sequence[str],
        texts: Mapping[str, Texts],
    ) -> None:
        super().__init__(data)
        self._thing, self._languages = thing, languages
        for language in languages:
            for number, part in enumerate(thing.parts):
                known = texts.get(language, {}).get((part.kind, part.subject_id, part.field), "")
                self.fields[f"{language}-{number}"] = _field(part, language, known)

    @property
    def blocks(self) -> Iterator[Block]:
        """Return the fields by language."""
        for language in self._languages:
            fields = [
                (part, self[f"{language}-{number}"])
                for number, part in enumerate(self._thing.parts)
            ]
            yield Block(LANGUAGES[language], fields)

    @property
    def typed(self) -> dict[Place, str]:
        """Return what was typed, as the verb takes it."""
        return {
            Place(part.kind, part.subject_id, part.field, language): self.cleaned_data[
                f"{language}-{number}"
            ]
            for language in self._languages
            for number, part in enumerate(self._thing.parts)
        }


def _field(part: Part, language: str, known: str) -> forms.CharField:
    attributes = {"lang": tag_of(language), "dir": direction_of(language)}
    if part.field in HTML_FIELDS:
        field: forms.CharField = MessageField(required=False, label=part.label, initial=known)
    else:
        longest = FIELDS[part.kind][part.field]
        field = LineField(required=False, label=part.label, initial=known, max_length=longest)
    field.widget.attrs |= attributes
    return field
