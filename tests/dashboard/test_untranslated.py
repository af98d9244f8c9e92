"""No screen has words that only English readers understand."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

PACKAGE = Path("src/pingpong/dashboard")
TEMPLATES = sorted(
    path for path in PACKAGE.rglob("templates/**/*") if path.suffix in {".html", ".txt"}
)
ATTRIBUTES = re.compile(r'\b(?:title|alt|placeholder|aria-label|aria-description)="([^"]*)"')
# What is the same in each language: names, abbreviations, examples of what one types.
NAMES = frozenset(
    {
        *(
            "PingPong",
            "API",
            "CSV",
            "DNS",
            "HTML",
            "HTTP",
            "HTTPS",
            "ICMP",
            "IP",
            "JSON",
            "Markdown",
            "TCP",
            "TLS",
            "URL",
        ),
        *("UTC", "https", "ms"),
    }
)
# The names of a block of classes are for the style sheet.
CLASSES = re.compile(r"{% block \w+_class %}.*?{% endblock %}", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{2,}")
SHOWN_BY_FORMS = frozenset({"label", "help_text", "error_messages", "empty_label"})


def plain_texts(source: str) -> Iterator[str]:
    """Give the texts of a template that stand outside of its translated parts."""
    is_translated, kept = False, []
    for token in Lexer(CLASSES.sub("", source)).tokenize():
        word = token.contents.split(maxsplit=1)[0] if token.contents.strip() else ""
        if token.token_type is TokenType.BLOCK and "blocktrans" in word:
            is_translated = not word.startswith("end")
        elif token.token_type is TokenType.TEXT and not is_translated:
            kept.append(token.contents)
        elif token.token_type is not TokenType.TEXT:
            kept.append(" ")
    html = "".join(kept)
    yield from (match.group(1) for match in ATTRIBUTES.finditer(html))
    html = re.sub(r"<(script|style|svg|code|pre|kbd)\b.*?</\1>", " ", html, flags=re.DOTALL)
    yield re.sub(r"<[^>]*>", " ", html)


def words_of(source: str) -> list[str]:
    return [
        word
        for text in plain_texts(source)
        for word in WORD.findall(re.sub(r"&\w+;", " ", text))
        if word not in NAMES
    ]


def test_a_word_outside_of_the_translated_parts_is_found() -> None:
    source = (
        '<p title="Old">{% translate "New" %} shop {% blocktranslate %}a b{% endblocktranslate %}'
    )

    assert words_of(source) == ["Old", "shop"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    assert words_of(path.read_text()) == []


def test_labels_and_errors_of_forms_are_translated() -> None:
    plain = [
        (path.name, keyword.value.lineno, keyword.value.value)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in SHOWN_BY_FORMS
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value
        and isinstance(keyword.value.value, str)
    ]

    assert plain == []


def test_toasts_are_translated() -> None:
    plain = [
        (path.name, node.lineno)
        for path in sorted(PACKAGE.rglob("views/*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"toasts.say", "toasts.warn", "say", "warn"}
        and any(isinstance(part, ast.Constant | ast.JoinedStr) for part in node.args[1:2])
    ]

    assert plain == []
