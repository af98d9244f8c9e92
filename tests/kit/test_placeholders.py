"""Plain substitution: no text that people typed is ever a program."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.template_attacks import ENGINES
from pingpong.kit.placeholders import KNOWN, fill_in, names_in


@pytest.mark.parametrize("text", ENGINES)
def test_what_is_no_name_in_braces_stays_as_it_was_typed(text: str) -> None:
    values = dict.fromkeys((*KNOWN, "config", "a"), "PUT IN")
    assert (fill_in(text, values), names_in(text)) == (text, [])


@pytest.mark.parametrize("text", ["{{config}}", "{{ settings }}", "{{page}}"])
def test_a_name_without_a_value_stays_as_it_was_typed(text: str) -> None:
    assert fill_in(text, {"other": "x", "page": ""}) == text


def test_names_are_replaced_wherever_they_stand() -> None:
    text = "{{page}}: {{ component }} fails in {{region}}, {{page}}!"
    values = {"page": "ACME", "component": "API", "region": "EU"}
    assert fill_in(text, values) == "ACME: API fails in EU, ACME!"


def test_a_value_is_not_looked_at_again() -> None:
    assert fill_in("{{a}}{{b}}", {"a": "{{b}}", "b": "{{a}} \\1 {0}"}) == "{{b}}{{a}} \\1 {0}"


def test_names_are_told_once_in_order_of_appearance() -> None:
    assert names_in("{{b}} {{a}}", "{{b}} {{page}}") == ["b", "a", "page"]


@given(st.text(alphabet="{} ab%$\n", max_size=60))
def test_without_values_nothing_ever_changes(text: str) -> None:
    assert fill_in(text, {}) == text


def test_a_flood_of_braces_is_read_in_a_moment() -> None:
    began = time.perf_counter()
    for flood in ("{" * 100_000, "{{ " * 40_000, "{{" + "a" * 100_000, "{{a " * 30_000):
        assert fill_in(flood, {"a": "x"}) == flood
    assert time.perf_counter() - began < 0.5
