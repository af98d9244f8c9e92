"""Values that a field may get, as raw JSON, and which of them each kind of field takes."""

import json
from dataclasses import dataclass
from dataclasses import field as dc_field
from typing import Any

from rest_framework.serializers import Field

from pingpong.api import fields, references, strict
from pingpong.api.check import CheckIn
from pingpong.api.metric_forms import NotInFuture, ShowcaseWord
from pingpong.api.resources.incidents import Draft

AnyField = Field[Any, Any, Any, Any]

# Of every type, and numbers that no number type holds.
TYPED = {
    "null": "null",
    "true": "true",
    "false": "false",
    "an integer": "5",
    "zero": "0",
    "minus one": "-1",
    "a float": "1.5",
    "10**30": "1" + "0" * 30,
    "2**63": str(2**63),
    "4300 digits": "9" * 4300,
    "4301 digits": "9" * 4301,
    "1e999": "1e999",
    "-1e999": "-1e999",
    "NaN": "NaN",
    "Infinity": "Infinity",
    "-Infinity": "-Infinity",
    "an empty list": "[]",
    "an empty object": "{}",
    "a list of text": '["Operational"]',
    "a list of null": "[null]",
    "a list of lists": "[[[]]]",
    "an object": '{"id": "x", "name": "y"}',
    "a list of objects": '[{"id": 5, "status": {}}]',
    "lists 1,000 deep": "[" * 1000 + "]" * 1000,
    "objects 1,000 deep": '{"a":' * 1000 + "1" + "}" * 1000,
    "lists 100 deep": "[" * 100 + "]" * 100,
}
# Wrong wherever text is wanted.
UNREADABLE = {
    "NUL": json.dumps("a\0b"),
    "only NUL": json.dumps("\0"),
    "half a pair": '"a\\ud800b"',
    "the other half": '"\\udfff"',
    "halves the wrong way round": '"\\udc00\\ud800"',
}
# Text, and nothing but text.
ODD = {
    "a template": json.dumps("{{7*7}}"),
    "another template": json.dumps("{% load x %}${7*7}#{7*7}<%= 7*7 %>%s{0.__class__}"),
    "a script": json.dumps("<script>alert(1)</script>"),
    "a statement": json.dumps("'; DROP TABLE components_component; --"),
    "emoji": json.dumps("\U0001f9a9\u200d\U0001f9a9"),
    "right to left": json.dumps("\u05e9\u05dc\u05d5\u05dd"),
    "a word for null": '"null"',
    "a word for true": '"true"',
    "a path": json.dumps("../../etc/passwd"),
    "a line and another": json.dumps("one\r\ntwo"),
}
BLANK = {"blank": '""', "spaces": json.dumps("  \t\n\u3000 ")}
INVISIBLE = {"nothing to see": json.dumps("\u202e\u2066\ufeff\u200b")}
NO_INSTANTS = {
    "year 9999": '"9999-12-31T23:59:59Z"',
    "year 10000": '"10000-01-01T00:00:00Z"',
    "year 2100": '"2100-01-01T00:00:00Z"',
    "year 1999": '"1999-12-31T23:59:59Z"',
    "year 1": '"0001-01-01T00:00:00Z"',
    "year 1 in the east": '"0001-01-01T00:00:00+23:59"',
    "year 9999 in the west": '"9999-12-31T23:59:59-23:59"',
    "year 0": '"0000-01-01T00:00:00Z"',
    "month 13": '"2026-13-01T00:00:00Z"',
    "30 February": '"2026-02-30T00:00:00Z"',
    "hour 25": '"2026-03-10T25:00:00Z"',
    "an offset of days": '"2026-03-10T00:00:00+99:99"',
    "a word": '"yesterday"',
    "seconds": '"1615387895"',
    "long": json.dumps("2026-03-10T00:00:00" + "0" * 5000 + "Z"),
}
NO_ADDRESSES = {
    "no scheme": '"example.com"',
    "javascript": '"javascript:alert(1)"',
    "file": '"file:///etc/passwd"',
    "ftp": '"ftp://example.com/"',
    "no host": '"https:///path"',
    "credentials": '"https://user:password@example.com/"',
    "a bad port": '"https://example.com:99999/"',
    "no bracket": '"https://[::1/"',
    "a space": '"https://exa mple.com/"',
    "a line": json.dumps("https://example.com/\r\nX: y"),
    "a backslash": json.dumps("https://example.com\\@evil.test/"),
    "a quote": json.dumps('https://example.com/"onload="x'),
    "an override": json.dumps("https://example.com/\u202egnp.exe"),
}
NO_IDS = {
    "unknown": json.dumps("z" * 22),
    "23 characters": json.dumps("z" * 23),
    "a hyphen": '"a-b"',
    "a million characters": json.dumps("z" * 500_000),
}


def longer(field: AnyField) -> dict[str, str]:
    """One character too many, and half a million."""
    most = getattr(field, "max_length", None)
    if most is None or isinstance(field, strict.Words):
        return {}
    start = "https://example.com/" if isinstance(field, fields.WebAddress) else ""
    one_too_long = start + "x" * (most + 1 - len(start))
    return {
        "one too long": json.dumps(one_too_long),
        "half a million": json.dumps("x" * 500_000),
        "one too long, of wide characters": json.dumps("\U0001f9a9" * (most + 1)),
    }


@dataclass(frozen=True)
class Taste:
    """What a kind of field refuses and takes besides TYPED, and which of TYPED it takes.

    `either` are those of TYPED that it takes or refuses by what else there is.
    """

    wrong: dict[str, str] = dc_field(default_factory=dict)
    right: dict[str, str] = dc_field(default_factory=dict)
    typed: frozenset[str] = frozenset()
    either: frozenset[str] = frozenset()


_NO_TEXT = {**ODD, **BLANK}
_BOOLEANS = frozenset({"true", "false"})
# The first that fits counts: subclasses stand before their classes.
_TASTES = (
    (ShowcaseWord, Taste(wrong=_NO_TEXT, typed=_BOOLEANS)),
    (fields.Word, Taste(wrong=_NO_TEXT)),
    (Draft, Taste(wrong=_NO_TEXT, typed=frozenset({"false"}), either=frozenset({"true"}))),
    (
        CheckIn,
        Taste(wrong=_NO_TEXT, typed=frozenset({"an empty object", "an object"})),
    ),
    (strict.Words, Taste(wrong={**_NO_TEXT, "a list of an object": "[{}]"})),
    (fields.Flag, Taste(wrong={**_NO_TEXT, "yes": '"yes"', "one": "1"}, typed=_BOOLEANS)),
    (NotInFuture, Taste(wrong={**_NO_TEXT, **NO_INSTANTS, "future": '"2099-01-01T00:00:00Z"'})),
    (fields.Instant, Taste(wrong={**_NO_TEXT, **NO_INSTANTS})),
    (fields.WebAddress, Taste(wrong={**ODD, **NO_ADDRESSES}, right=BLANK)),
    (references._Reference, Taste(wrong={**_NO_TEXT, **NO_IDS})),
    (references._List, Taste(wrong={**_NO_TEXT, **NO_IDS}, typed=frozenset({"an empty list"}))),
)


def _taste_of(field: AnyField) -> Taste:
    for kind, taste in _TASTES:
        if isinstance(field, kind):
            return taste
    empty = {**BLANK, **(INVISIBLE if isinstance(field, fields.Line) else {})}
    return Taste(right={**ODD, **empty}) if field.allow_blank else Taste(wrong=empty, right=ODD)


def _typed(field: AnyField) -> frozenset[str]:
    return _taste_of(field).typed | ({"null"} if field.allow_null else frozenset())


def wrong_for(field: AnyField) -> dict[str, str]:
    """Return, by name, the raw JSON values that the field must refuse."""
    taken = _typed(field) | _taste_of(field).either
    typed = {name: raw for name, raw in TYPED.items() if name not in taken}
    return {**typed, **UNREADABLE, **longer(field), **_taste_of(field).wrong}


def right_for(field: AnyField) -> dict[str, str]:
    """Return, by name, the odd values that the field must take."""
    return {**{name: TYPED[name] for name in _typed(field)}, **_taste_of(field).right}


def with_raw(body: dict[str, Any], name: str, raw: str) -> bytes:
    """Return the body as JSON with one field's value as it stands."""
    text = json.dumps({**body, name: "@@here@@"})
    return text.replace('"@@here@@"', raw).encode()
