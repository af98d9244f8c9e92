import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pingpong.kit.text import clean_line

CLEANED = (
    ("API", "API"),
    ("  API \t", "API"),
    ("two\nlines", "two lines"),
    ("two\r\n\r\nlines", "two lines"),
    ("line\u2028separator", "line separator"),
    ("next\x85line", "next line"),
    ("tab\tand\x1bescape", "tab and escape"),
    ("e\u0301te\u0301", "\u00e9t\u00e9"),
    ("\u202egnp.exe", "gnp.exe"),
    ("a\u2066b\u2069c", "abc"),
    ("e\u202a\u0301", "\u00e9"),
    ("zero\u200bwidth", "zerowidth"),
    ("\u200b", ""),
    ("\ufeffAPI", "API"),
    (" \u3000 ", ""),
    ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
    ("<b>{{7*7}}</b>", "<b>{{7*7}}</b>"),
    ("nul\0 stays to be refused", "nul\0 stays to be refused"),
    ("\ud800", "\ud800"),
)


@pytest.mark.parametrize(("text", "cleaned"), CLEANED)
def test_a_line_is_cleaned(text: str, cleaned: str) -> None:
    assert clean_line(text) == cleaned


@given(st.text(st.characters(exclude_categories=[])))
@example("e\u202a\u0301")
def test_cleaning_is_settled(text: str) -> None:
    cleaned = clean_line(text)
    assert clean_line(cleaned) == cleaned


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_line_is_one_normal_line_without_controls(text: str) -> None:
    cleaned = clean_line(text)
    assert len(cleaned.splitlines()) <= 1
    assert cleaned == cleaned.strip()
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(sign) == "Cc" for sign in cleaned)
    assert not any(
        unicodedata.bidirectional(sign) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI"}
        for sign in cleaned
    )
