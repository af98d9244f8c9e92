"""Whatever is written: only formatting is left, and cleaning twice changes nothing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kit.html_attacks import ATTACKS
from kit.html_reader import ALLOWED, assert_harmless
from pingpong.kit import html
from pingpong.kit.html import as_message, as_text, depth_of, is_single_div

_TAGS = [
    *sorted(ALLOWED),
    *["button", "table", "tr", "td", "svg", "math", "style", "select", "font", "form", "h2", "img"],
]
_pieces = st.one_of(
    st.sampled_from(_TAGS).map("<{}>".format),
    st.sampled_from(_TAGS).map("</{}>".format),
    st.sampled_from(["\n", "&nbsp;", "&lt;", "&", "<", ">", "<!--", "-->", "\u3000", "x"]),
    st.sampled_from(["https://x.example/", "javascript:x", "mailto:a@b", "https://x/</div>"]).map(
        '<a href="{}">'.format
    ),
    st.sampled_from(ATTACKS),
    st.text(max_size=5),
)
markup = st.lists(_pieces, max_size=12).map("".join)
many = settings(deadline=None, max_examples=400)


@many
@given(markup)
@example("<pre>\n\nx</pre>")
@example("<p><button><p>x")
def test_a_message_is_settled(text: str) -> None:
    message = as_message(text)
    assert as_message(message) == message


@many
@given(markup)
def test_a_message_is_harmless_and_one_div(text: str) -> None:
    message = as_message(text)
    assert_harmless(message)
    assert message == "" or is_single_div(message)


@many
@given(markup)
def test_its_text_has_no_blank_lines_and_no_edges(text: str) -> None:
    lines = as_text(as_message(text)).split("\n")
    assert lines == [""] or all(line == " ".join(line.split()) != "" for line in lines)


@many
@given(st.integers(0, 60))
def test_depth_is_what_was_nested(levels: int) -> None:
    assert depth_of(as_message("<b>" * levels + "x")) == levels + 1


def test_markup_that_never_settles_is_shown_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_MOST_ROUNDS", 0)
    assert as_message("<p><button><p>a&nbsp;&lt;b") == "<div>a&nbsp;&lt;b</div>"
