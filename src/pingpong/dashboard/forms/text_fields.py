"""Texts of forms: one line, or a message in HTML that goes through the only sanitiser."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pingpong.kit.html import (
    MAX_DEPTH,
    MessageTooLargeError,
    as_message,
    as_text,
    depth_of,
    for_page,
)
from pingpong.kit.text import clean_line

MAX_MESSAGE_LENGTH = 20_000
# Before anything whose cost grows faster than the text: what is cleaned away is little.
_MOST_CLEANED_AWAY = 8
_ATTACHMENT = re.compile(r"<figure\b[^>]*>.*?(?:</figure>|\Z)", re.DOTALL | re.IGNORECASE)
_ANY_TAG = re.compile(r"<[a-z!/]", re.IGNORECASE)


class LineField(forms.CharField):
    """One line of text without what hides in it; longer texts are refused, never cut."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if self.max_length is not None and len(text) > _MOST_CLEANED_AWAY * self.max_length:
            return text  # too long, as the validator says
        return clean_line(text)


class MessageField(forms.CharField):
    """HTML of an editor, or plain text where there are no scripts; returns sanitised HTML.

    Files that an editor has put into it are dropped.
    """

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_MESSAGE_LENGTH, **options)
        self.widget.attrs.setdefault("rows", 6)
        # The script of the editor looks for this.
        self.widget.attrs["data-rich"] = ""

    def prepare_value(self, value: Any) -> Any:
        return for_page(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        text = super().clean(value).replace("\0", "")
        if not _ANY_TAG.search(text):
            text = text.replace("\r\n", "\n").replace("\n", "<br>")
        try:
            message = as_message(_ATTACHMENT.sub("", text))
        except MessageTooLargeError as problem:
            raise ValidationError(_("This message is too long.")) from problem
        if depth_of(message) > MAX_DEPTH:
            raise ValidationError(_("The formatting is nested too deeply."))
        if not as_text(message):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return ""
        return message
