"""Request headers, one a line: a name without a value keeps the value that it has."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pingpong.monitors.check_rules import (
    MOST_HEADER_BYTES,
    MOST_HEADERS,
    Header,
    problem_of_header,
    problem_of_headers,
)


class HeaderLines(forms.CharField):
    """Returns headers, or None where they are what they were. `known` are names with a value."""

    widget = forms.Textarea

    def __init__(self) -> None:
        super().__init__(
            required=False,
            max_length=2 * MOST_HEADER_BYTES,
            label=_("Headers"),
            help_text=_(
                "One a line, as in X-Key: value. Values are never shown again; "
                "a name without a value keeps the value that is stored."
            ),
        )
        self.widget.attrs |= {"rows": 3, "dir": "ltr", "spellcheck": "false"}
        self.known: Sequence[str] = ()

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{name}:" for name, _value in value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial or ()) != (data or "").replace("\r\n", "\n").strip())

    def clean(self, value: Any) -> tuple[Header, ...] | None:
        text = super().clean(value)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > MOST_HEADERS:
            raise ValidationError(_("These are too many headers."))
        headers = tuple(self._header(line) for line in lines)
        if problem_of_headers(headers) is not None:
            raise ValidationError(_("A header is there twice, or all together are too long."))
        kept = [name for name, said in headers if said is None]
        return None if len(kept) == len(lines) == len(self.known) else headers

    def _header(self, line: str) -> Header:
        name, colon, said = (part.strip() for part in line.partition(":"))
        value = said or None
        if not colon or problem_of_header(name, value) is not None:
            # Not the line itself: it may hold a secret.
            raise ValidationError(_("A line is not a name, a colon and a value of plain letters."))
        is_known = name.lower() in {one.lower() for one in self.known}
        if value is None and not is_known:
            raise ValidationError(
                _("The header %(name)s has no value."), params={"name": name[:60]}
            )
        return name, value
