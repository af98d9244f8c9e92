"""Whatever the dashboard says, it says in each of its languages."""

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog

from translations.catalogs import LANGUAGES, compiled, compiled_path_of, read
from translations.messages import Message, find_messages

MESSAGES = find_messages()
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?[a-z]+")


@cache
def catalog_of(language: str) -> Catalog:
    return read(language)


def forms_of(language: str, message: Message) -> list[str]:
    known = catalog_of(language).get(message.text, context=message.context or None)
    if known is None or known.fuzzy:
        return [""]
    return list(known.string) if isinstance(known.string, tuple | list) else [known.string]


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_the_texts_of_templates_and_of_code_are_found() -> None:
    by_text = {message.text: message for message in MESSAGES}

    assert by_text["Overview"].places[0] == "places.py"
    assert by_text["Maintenance"].context == "menu"
    assert any(message.plural for message in MESSAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_is_translated(language: str) -> None:
    catalog = {message.key: forms_of(language, message) for message in MESSAGES}

    assert [key for key, forms in catalog.items() if not all(forms)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_text(language: str) -> None:
    wrong = [
        (message.text, form)
        for message in MESSAGES
        for form in forms_of(language, message)
        # The form for one thing may leave the number out, as the original does.
        if form and placeholders(form) not in map(placeholders, (message.text, message.plural))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_of_translations_holds_what_the_code_says_and_nothing_else(language: str) -> None:
    written = {
        (str(one.context or ""), one.id[0] if isinstance(one.id, tuple | list) else one.id)
        for one in catalog_of(language)
        if one.id
    }

    assert written == {message.key for message in MESSAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_form_is_that_of_the_text(language: str) -> None:
    assert compiled_path_of(language).read_bytes() == compiled(language)
