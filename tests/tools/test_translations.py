"""Whatever the dashboard and the public pages say, they say in each of their languages."""

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from django.utils.translation import to_locale

from pingpong.pages.languages import LANGUAGES
from translations.catalogs import (
    DASHBOARD,
    PACKAGES,
    PUBLIC,
    Package,
    compiled,
    compiled_path_of,
    read,
)
from translations.messages import Message, find_messages

MESSAGES = {package: find_messages(package.folder) for package in PACKAGES}
EACH = pytest.mark.parametrize(
    ("package", "language"),
    [(package, language) for package in PACKAGES for language in package.languages],
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?[a-z]+")


@cache
def catalog_of(package: Package, language: str) -> Catalog:
    return read(language, package)


def forms_of(package: Package, language: str, message: Message) -> list[str]:
    known = catalog_of(package, language).get(message.text, context=message.context or None)
    if known is None or known.fuzzy:
        return [""]
    return list(known.string) if isinstance(known.string, tuple | list) else [known.string]


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_the_texts_of_templates_and_of_code_are_found() -> None:
    dashboard, public = (
        {message.text: message for message in MESSAGES[package]} for package in PACKAGES
    )

    assert dashboard["Overview"].places[0] == "places.py"
    assert dashboard["Maintenance"].context == "menu"
    assert any(message.plural for message in dashboard.values())
    assert public["All systems operational"].places == ["spoken.py"]


def test_pages_speak_every_language_that_they_offer() -> None:
    assert {to_locale(one) for one in LANGUAGES} == {"en", *PUBLIC.languages}


@EACH
def test_each_text_is_translated(package: Package, language: str) -> None:
    catalog = {message.key: forms_of(package, language, message) for message in MESSAGES[package]}

    assert [key for key, forms in catalog.items() if not all(forms)] == []


@EACH
def test_a_translation_has_the_placeholders_of_its_text(package: Package, language: str) -> None:
    wrong = [
        (message.text, form)
        for message in MESSAGES[package]
        for form in forms_of(package, language, message)
        # The form for one thing may leave the number out, as the original does.
        if form and placeholders(form) not in map(placeholders, (message.text, message.plural))
    ]

    assert wrong == []


@EACH
def test_a_file_of_translations_holds_what_the_code_says_and_nothing_else(
    package: Package, language: str
) -> None:
    written = {
        (str(one.context or ""), one.id[0] if isinstance(one.id, tuple | list) else one.id)
        for one in catalog_of(package, language)
        if one.id
    }

    assert written == {message.key for message in MESSAGES[package]}


@EACH
def test_the_compiled_form_is_that_of_the_text(package: Package, language: str) -> None:
    assert compiled_path_of(language, package).read_bytes() == compiled(language, package)


@pytest.mark.parametrize("language", DASHBOARD.languages)
def test_what_both_packages_say_they_say_alike(language: str) -> None:
    """Django lays both files over each other, so that only one of two wordings would be seen."""
    own = {message.key: message for message in MESSAGES[DASHBOARD]}
    different = [
        message.key
        for message in MESSAGES[PUBLIC]
        if message.key in own
        and forms_of(DASHBOARD, language, own[message.key]) != forms_of(PUBLIC, language, message)
    ]

    assert different == []
