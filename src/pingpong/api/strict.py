"""Request fields whose text is taken exactly as it stands, and numbers within bounds."""

from collections.abc import Callable, Iterable
from typing import Any

from rest_framework import serializers

from .fields import Word, quoted

_LINE_BREAKS = "\r\n"


class Exact(serializers.CharField):
    """Text that is neither trimmed nor cleaned; null means none. `max_bytes` are those of UTF-8."""

    default_error_messages = {
        "bytes": "Ensure this field has no more than {max_bytes} bytes.",
        "line": "This must be one line, without control characters.",
        "wrong": "{problem}",
    }

    def __init__(
        self,
        *,
        is_line: bool = True,
        max_bytes: int | None = None,
        check: Callable[[str], str | None] = lambda _: None,
        **options: Any,
    ) -> None:
        """Take a text if `check` finds no problem to tell."""
        self._is_line = is_line
        self._max_bytes = max_bytes
        self._check = check
        super().__init__(
            required=False, allow_blank=True, allow_null=True, trim_whitespace=False, **options
        )

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        if self._max_bytes is not None and _bytes_of(data) > self._max_bytes:
            self.fail("bytes", max_bytes=self._max_bytes)
        if self._is_line and any(sign < " " or sign == "\x7f" for sign in data):
            self.fail("line")
        if self.max_length is None or len(data) <= self.max_length:
            problem = self._check(data) if data else None
            if problem is not None:
                self.fail("wrong", problem=problem)
        return data


class Whole(serializers.IntegerField):
    """A whole number; text and booleans are none."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(min_value=least, max_value=most, required=False, **options)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return data


class OneOf(serializers.ChoiceField):
    """One of a few whole numbers."""

    def to_internal_value(self, data: Any) -> int:  # type: ignore[override] # no texts here
        if isinstance(data, bool) or not isinstance(data, int) or data not in self.choices:
            self.fail("invalid_choice", input=quoted(data))
        return data


class Words(serializers.ListField):
    """A list of words, each in any case; of one that is named twice the first counts."""

    def __init__(self, words: Iterable[str], **options: Any) -> None:
        words = list(words)
        super().__init__(child=Word(words), allow_empty=False, max_length=len(words) * 2, **options)

    def to_internal_value(self, data: Any) -> list[str]:
        if not isinstance(data, list):
            self.fail("not_a_list", input_type=type(data).__name__)
        return list(dict.fromkeys(super().to_internal_value(data)))


def _bytes_of(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
