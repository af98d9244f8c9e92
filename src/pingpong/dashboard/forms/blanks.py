"""Fields for the placeholders of a template that somebody has to fill in."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from pingpong.kit.placeholders import fill_in, names_in

from .text_fields import LineField

FILL = "fill-"
FILL_LENGTH = 200
_MOST_BLANKS = 20


class BlanksForm(forms.Form):
    """A form with `title` and `message`; placeholders in them are asked for one by one."""

    blank_names: Collection[str] = ()
    title_length = 100

    def ask_for_blanks(self, said: Mapping[str, Any], *, known: Collection[str] = ()) -> None:
        """Add a field for each placeholder of the texts, but for those that are `known` later."""
        found = names_in(said.get("title") or "", said.get("message") or "")
        self.blank_names = [name for name in found if name not in known][:_MOST_BLANKS]
        for name in self.blank_names:
            self.fields[FILL + name] = LineField(
                required=False, max_length=FILL_LENGTH, label=name.replace("_", " ")
            )

    @property
    def blanks(self) -> list[forms.BoundField]:
        """Return the fields of the placeholders that nobody has filled in yet."""
        return [self[FILL + name] for name in self.blank_names]

    def fill_blanks(self, *, may_be_unfilled: bool, known: Mapping[str, str] | None = None) -> None:
        """Put what was typed, and what is `known`, into the cleaned texts."""
        cleaned = self.cleaned_data
        typed = {name: cleaned.get(FILL + name, "") for name in self.blank_names}
        values = typed | dict(known or {})
        if "title" in cleaned:
            cleaned["title"] = fill_in(cleaned["title"], values)
            if len(cleaned["title"]) > self.title_length:
                self.add_error("title", _("With what is filled in the name is too long."))
        if "message" in cleaned:
            escaped = {name: escape(value) for name, value in values.items()}
            cleaned["message"] = fill_in(cleaned["message"], escaped)
        for name in self.blank_names:
            if not typed[name] and not may_be_unfilled and FILL + name not in self.errors:
                sentence = _("Fill this in, or take {{%(name)s}} out of the text.")
                self.add_error(FILL + name, ValidationError(sentence, params={"name": name}))
