"""Request fields: strict about types, exact about what they let through."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from rest_framework import serializers

from pingpong.kit.clock import whole_second
from pingpong.kit.html import MAX_DEPTH, MessageTooLargeError, as_message, depth_of
from pingpong.kit.text import clean_line
from pingpong.monitors.check_rules import problem_of_target
from pingpong.monitors.models import MonitorKind

MAX_MESSAGE_LENGTH = 20_000
_MOST_CLEANED_AWAY = 8
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def quoted(data: object) -> str:
    """Return input for an error message: short, and in characters that JSON can carry."""
    text = data if isinstance(data, str) else type(data).__name__
    return text[:60].encode("utf-8", "replace").decode().replace("\0", "")


class Line(serializers.CharField):
    """One line of text; a number or a boolean is no text."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        # Before anything whose cost grows faster than the text: what is cleaned away is little.
        if self.max_length is not None and len(data) > _MOST_CLEANED_AWAY * self.max_length:
            self.fail("max_length", max_length=self.max_length)
        text = clean_line(data)
        if not text and not self.allow_blank:
            self.fail("blank")
        return text


class Message(serializers.CharField):
    """HTML, sanitised and wrapped when it comes in (contract A13, A14)."""

    default_error_messages = {"depth": f"The HTML is nested deeper than {MAX_DEPTH} elements."}

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_MESSAGE_LENGTH, **options)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        value = super().run_validation(data)
        if not isinstance(value, str):
            return value
        try:
            clean = as_message(value)
        except MessageTooLargeError:
            self.fail("max_length", max_length=MAX_MESSAGE_LENGTH)
        if depth_of(clean) > MAX_DEPTH:
            self.fail("depth")
        return clean

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data.strip()


class Flag(serializers.BooleanField):
    """true or false; words and numbers are none."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Word(serializers.ChoiceField):
    """One of the contract's words, in any case; aliases map further spellings to them."""

    def __init__(
        self, words: Iterable[str], *, aliases: Mapping[Any, str] | None = None, **options: Any
    ) -> None:
        words = list(words)
        super().__init__(choices=words, **options)
        self._canonical: dict[str, str] = {word.lower(): word for word in words}
        self._canonical.update({str(key).lower(): word for key, word in (aliases or {}).items()})

    def to_internal_value(self, data: Any) -> str:
        word = self._canonical.get(data.strip().lower()) if isinstance(data, str) else None
        if word is None:
            self.fail("invalid_choice", input=quoted(data))
        return word


class Instant(serializers.DateTimeField):
    """An ISO 8601 date-time from 2000 to 2100, kept to the whole second, in UTC.

    A leap second counts as the second before it.
    """

    default_error_messages = {"range": "Give a date-time between the years 2000 and 2100."}

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str):
            self.fail("invalid", format="YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]")
        at = super().to_internal_value(value.strip().replace(":59:60", ":59:59"))
        try:
            instant = whole_second(at)
        except OverflowError:
            self.fail("range")
        if not EARLIEST <= instant < LATEST:
            self.fail("range")
        return instant


class WebAddress(serializers.CharField):
    """An http or https URL without credentials in it; blank and null both mean none."""

    default_error_messages = {"url": "Enter a valid URL."}

    def run_validation(self, data: Any = serializers.empty) -> Any:
        return super().run_validation("" if data is None else data)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        text = data.strip()
        if self.max_length is not None and len(text) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        if text:
            self.check_text(text)
        return text

    def check_text(self, text: str) -> None:
        """Fail for what is no address."""
        if not _is_web_address(text):
            self.fail("url")


class Target(WebAddress):
    """What is looked at, as its kind wants it: a web address, `host:port`, a host, or nothing.

    `kind` is set for each request. Addresses that the operator forbids are taken and not probed.
    """

    default_error_messages = {"target": "{problem}"}
    kind = MonitorKind.HTTP.value

    def problem_of(self, text: str) -> str | None:
        """Return one sentence on what is wrong with an address of this kind."""
        return problem_of_target(self.kind, text)

    def check_text(self, text: str) -> None:
        if self.kind == MonitorKind.HTTP:
            super().check_text(text)
        problem = self.problem_of(text)
        if problem is not None:
            self.fail("target", problem=problem)


def _is_web_address(text: str) -> bool:
    if not text.isprintable() or any(sign in text for sign in " \\<>\"'`{}|^"):
        return False
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
