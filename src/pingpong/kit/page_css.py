"""Style sheets of strangers: what may stay, where it may reach, and what was left out and why.

What is not known is dropped: properties, functions, at-rules and kinds of selectors are taken
from lists. Everything that stays reaches only below :data:`SCOPE`, fetches nothing, lays nothing
over anything, and has no `!important`, so that the product's own rules can have the last word.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import tinycss2

MAX_BYTES = 32 * 1024
SCOPE = "#page"
_MOST_DROPPED = 100
_DEPTH = 30
_MOST_RULES = 500


class Why(StrEnum):
    """Why something was left out."""

    TOO_LONG = "too long"
    BROKEN = "broken"
    AT_RULE = "at-rule"
    SELECTOR = "selector"
    PROPERTY = "property"
    VALUE = "value"
    IMPORTANT = "important"


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was left out of which line."""

    line: int
    what: str
    why: Why


@dataclass(frozen=True, slots=True)
class Filtered:
    """What may be shown, and what may not."""

    css: str
    dropped: tuple[Dropped, ...]


PROPERTIES = frozenset(
    [
        "accent-color",
        "background",
        "background-color",
        "border",
        "border-block",
        "border-block-color",
        "border-block-end",
        "border-block-start",
        "border-bottom",
        "border-bottom-color",
        "border-bottom-left-radius",
        "border-bottom-right-radius",
        "border-bottom-style",
        "border-bottom-width",
        "border-collapse",
        "border-color",
        "border-inline",
        "border-inline-color",
        "border-inline-end",
        "border-inline-start",
        "border-left",
        "border-left-color",
        "border-left-style",
        "border-left-width",
        "border-radius",
        "border-right",
        "border-right-color",
        "border-right-style",
        "border-right-width",
        "border-spacing",
        "border-style",
        "border-top",
        "border-top-color",
        "border-top-left-radius",
        "border-top-right-radius",
        "border-top-style",
        "border-top-width",
        "border-width",
        "box-shadow",
        "caret-color",
        "color",
        "column-gap",
        "display",
        "fill",
        "font",
        "font-family",
        "font-feature-settings",
        "font-kerning",
        "font-size",
        "font-stretch",
        "font-style",
        "font-variant",
        "font-variant-caps",
        "font-variant-ligatures",
        "font-variant-numeric",
        "font-weight",
        "gap",
        "hyphens",
        "justify-content",
        "letter-spacing",
        "line-height",
        "list-style-type",
        "margin",
        "margin-block",
        "margin-block-end",
        "margin-block-start",
        "margin-bottom",
        "margin-inline",
        "margin-inline-end",
        "margin-inline-start",
        "margin-left",
        "margin-right",
        "margin-top",
        "max-width",
        "padding",
        "padding-block",
        "padding-block-end",
        "padding-block-start",
        "padding-bottom",
        "padding-inline",
        "padding-inline-end",
        "padding-inline-start",
        "padding-left",
        "padding-right",
        "padding-top",
        "row-gap",
        "stroke",
        "text-align",
        "text-decoration",
        "text-decoration-color",
        "text-decoration-line",
        "text-decoration-style",
        "text-decoration-thickness",
        "text-transform",
        "text-underline-offset",
        "text-wrap",
        "white-space",
        "word-break",
        "word-spacing",
    ]
)
_FUNCTIONS = frozenset(
    [
        "rgb",
        "rgba",
        "hsl",
        "hsla",
        "hwb",
        "lab",
        "lch",
        "oklab",
        "oklch",
        "color-mix",
        "var",
        "min",
        "max",
        "clamp",
        "linear-gradient",
        "radial-gradient",
        "conic-gradient",
        "repeating-linear-gradient",
    ]
)
_DISPLAYS = frozenset(
    ["block", "inline", "inline-block", "flex", "inline-flex", "grid", "inline-grid"]
)
_MOST = {"px": 400, "pt": 300, "rem": 25, "em": 25, "ch": 80, "%": 100, "deg": 360, "fr": 10}
_STATES = frozenset(
    [
        "hover",
        "focus",
        "focus-visible",
        "first-child",
        "last-child",
        "only-child",
        "first-of-type",
        "last-of-type",
        "open",
    ]
)
_MEDIA = re.compile(
    r"\(\s*(?:(?:min|max)-(?:width|height)\s*:\s*\d{1,5}(?:\.\d{1,3})?(?:px|em|rem)"
    r"|prefers-color-scheme\s*:\s*(?:light|dark)|prefers-contrast\s*:\s*(?:more|less)"
    r"|prefers-reduced-motion\s*:\s*(?:reduce|no-preference))\s*\)",
    re.ASCII | re.IGNORECASE,
)
_NAME = re.compile(r"-?[A-Za-z_][\w-]{0,63}", re.ASCII)
_OWN_VARIABLE = re.compile(r"--[a-z][a-z-]{0,30}", re.ASCII)
# What a string may hold: the name of a font needs no more.
_STRING = re.compile(r"[\w ,.()-]{1,64}")


def filter_css(text: str) -> Filtered:
    """Return what of a style sheet may be shown, one rule a line, and what was left out."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return Filtered("", (Dropped(1, f"{MAX_BYTES // 1024} KiB", Why.TOO_LONG),))
    nodes = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    if _is_deep(nodes):
        return Filtered("", (Dropped(1, "((((", Why.BROKEN),))
    sieve = _Sieve()
    css = "\n".join(sieve.rules(nodes[:_MOST_RULES], may_nest=True))
    for node in nodes[_MOST_RULES : _MOST_RULES + 1]:
        sieve.drop(node, "…", Why.TOO_LONG)
    return Filtered(css, tuple(sieve.dropped))


def _is_deep(nodes: Iterable[Any]) -> bool:
    """Tell whether brackets are nested deeper than who walks the tree can go.

    The parser itself does not go deeper for them. The text tells nothing of it: in comments and
    strings brackets are none.
    """
    waiting = [(node, 1) for node in nodes]
    while waiting:
        node, depth = waiting.pop()
        if depth > _DEPTH:
            return True
        for part in ("prelude", "content", "arguments"):
            waiting.extend((inner, depth + 1) for inner in getattr(node, part, None) or ())
    return False


class _Sieve:
    def __init__(self) -> None:
        self.dropped: list[Dropped] = []

    def drop(self, node: Any, what: str, why: Why) -> None:
        if len(self.dropped) < _MOST_DROPPED:
            shown = " ".join(what.split())[:80]
            self.dropped.append(Dropped(node.source_line, shown, why))

    def rules(self, nodes: Iterable[Any], *, may_nest: bool) -> Iterator[str]:
        for node in nodes:
            if node.type == "qualified-rule":
                yield from self._rule(node)
            elif node.type == "at-rule" and node.lower_at_keyword == "media" and may_nest:
                yield from self._media(node)
            elif node.type == "at-rule":
                self.drop(node, f"@{node.at_keyword}", Why.AT_RULE)
            elif node.type == "error":
                self.drop(node, node.message, Why.BROKEN)

    def _media(self, node: Any) -> Iterator[str]:
        words = tinycss2.serialize(node.prelude).strip()
        features = re.split(r"\s+and\s+", words, flags=re.IGNORECASE)
        if node.content is None or not all(_MEDIA.fullmatch(one) for one in features):
            self.drop(node, f"@media {words}", Why.AT_RULE)
            return
        inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        rules = list(self.rules(inner[:_MOST_RULES], may_nest=False))
        if rules:
            yield f"@media {words.lower()}{{{' '.join(rules)}}}"

    def _rule(self, node: Any) -> Iterator[str]:
        selectors = []
        for one in _between_commas(node.prelude):
            written = _selector(one)
            if written is None:
                self.drop(node, tinycss2.serialize(one).strip(), Why.SELECTOR)
            else:
                selectors.append(f"{SCOPE} {written}")
        declarations = ";".join(self._declarations(node)) if selectors else ""
        if declarations:
            yield f"{','.join(selectors)}{{{declarations}}}"

    def _declarations(self, node: Any) -> Iterator[str]:
        content = tinycss2.parse_blocks_contents(
            node.content, skip_comments=True, skip_whitespace=True
        )
        for one in content:
            if one.type == "error":
                self.drop(one, one.message, Why.BROKEN)
            elif one.type != "declaration":
                self.drop(one, tinycss2.serialize([one]), Why.SELECTOR)
            elif one.lower_name not in PROPERTIES:
                self.drop(one, one.name, Why.PROPERTY)
            else:
                yield from self._value(one)

    def _value(self, declaration: Any) -> Iterator[str]:
        name = declaration.lower_name
        value = _written(declaration.value)
        is_shown = name != "display" or value in _DISPLAYS
        if not value or not is_shown:
            what = f"{name}: {tinycss2.serialize(declaration.value).strip()}"
            self.drop(declaration, what, Why.VALUE)
            return
        if declaration.important:
            self.drop(declaration, f"{name}: … !important", Why.IMPORTANT)
        yield f"{name}:{value}"


def _between_commas(tokens: Iterable[Any]) -> list[list[Any]]:
    found: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found


def _selector(tokens: Iterable[Any]) -> str | None:
    """Write a selector anew of the few kinds of parts that it may have; None for any other."""
    parts: list[str] = []
    before = ""
    for token in tokens:
        text = _part(token, before)
        if text is None:
            return None
        parts.append(text)
        before = text
    written = " ".join("".join(parts).split())
    is_whole = bool(written) and written[0] not in ">+~" and written[-1] not in ">+~.:"
    return written if is_whole else None


def _part(token: Any, before: str) -> str | None:
    if token.type in ("whitespace", "comment"):
        return " "
    if token.type == "literal" and token.value in (".", ":", ">", "+", "~"):
        # Two colons make a pseudo-element.
        return None if before in (".", ":") else token.value
    if token.type == "ident" and before == ":":
        return token.lower_value if token.lower_value in _STATES else None
    if token.type == "ident":
        return token.value if _NAME.fullmatch(token.value) else None
    if token.type == "hash" and token.is_identifier and before not in (".", ":"):
        return f"#{token.value}" if _NAME.fullmatch(token.value) else None
    return None


def _written(tokens: Iterable[Any]) -> str:
    """Write a value anew of what it may have; empty where it has anything else."""
    parts = []
    for token in tokens:
        text = _token(token)
        if text is None:
            return ""
        parts.append(text)
    return " ".join("".join(parts).split())


def _token(token: Any) -> str | None:  # noqa: PLR0911 -- one for each kind
    kind = token.type
    if kind in ("whitespace", "comment"):
        return " "
    if kind == "literal":
        return token.value if token.value in (",", "/") else None
    if kind == "ident":
        return token.value if _NAME.fullmatch(token.value) else _variable(token.value)
    if kind in ("number", "percentage", "dimension"):
        return _figure(token)
    if kind == "hash":
        return f"#{token.value}" if re.fullmatch(r"[0-9A-Fa-f]{3,8}", token.value) else None
    if kind == "string":
        return f'"{token.value}"' if _STRING.fullmatch(token.value) else None
    if kind == "function" and token.lower_name in _FUNCTIONS:
        inner = _written(token.arguments)
        return f"{token.lower_name}({inner})" if inner else None
    if kind == "() block":
        inner = _written(token.content)
        return f"({inner})" if inner else None
    return None


def _variable(name: str) -> str | None:
    return name if _OWN_VARIABLE.fullmatch(name) else None


def _figure(token: Any) -> str | None:
    """Write a number that pushes nothing out of sight: none below 0, none beyond its bound."""
    unit = "" if token.type == "number" else "%" if token.type == "percentage" else token.lower_unit
    most = _MOST.get(unit, 0) if unit else 1000
    if not 0 <= token.value <= most:
        return None
    return f"{token.value:.6g}{unit}"
