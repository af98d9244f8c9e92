"""Messages: what stays, what is wrapped, what they read as without tags."""

import pytest

from pingpong.kit.html import as_message, as_text, depth_of, for_page, is_single_div, sanitise

PUBLISHED = (
    "<div><b>Summary</b><br>API can not connect to the database replica.</div>",
    "<div>Our devs are looking into the issue.</div>",
    "<div>Upgrading from version 9.0 to <strikethrough>10.0</strikethrough> <b>10.2</b>.</div>",
)
WRAPPED = (
    ("plain", "<div>plain</div>"),
    ("<b>bold</b>", "<div><b>bold</b></div>"),
    ("<div>one</div>", "<div>one</div>"),
    ("  <div>one</div>\n", "<div>one</div>"),
    ("<div>one</div><div>two</div>", "<div><div>one</div><div>two</div></div>"),
    ("<div>one</div> more", "<div><div>one</div> more</div>"),
    ("<div><div>inner</div></div>", "<div><div>inner</div></div>"),
    ("<div class='x'>styled</div>", "<div>styled</div>"),
    ("<div>never closed", "<div>never closed</div>"),
    ("closed too often</div></div>", "<div>closed too often</div>"),
    ("a < b & c", "<div>a &lt; b &amp; c</div>"),
    ("", ""),
    (" \n", ""),
    ("<script>only</script>", "<div></div>"),
)
READ_AS = (
    ("<div><b>Summary</b><br>API can not connect.</div>", "Summary\nAPI can not connect."),
    ("<div><p>one</p><p>two</p></div>", "one\ntwo"),
    ("<div><ul><li>a</li><li>b</li></ul></div>", "a\nb"),
    ("<div>a &lt;b&gt; &amp;amp; c</div>", "a <b> &amp; c"),
    ("<div>  many \n  spaces </div>", "many\nspaces"),
    ("<div></div>", ""),
)


@pytest.mark.parametrize("message", PUBLISHED)
def test_a_published_message_comes_back_as_it_was(message: str) -> None:
    assert as_message(message) == message


@pytest.mark.parametrize(("message", "wrapped"), WRAPPED)
def test_a_message_is_one_div(message: str, wrapped: str) -> None:
    assert as_message(message) == wrapped


@pytest.mark.parametrize(
    "tag",
    [
        "b",
        "blockquote",
        "code",
        "del",
        "div",
        "em",
        "h1",
        "i",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "span",
        "strong",
        "u",
        "ul",
    ],
)
def test_an_allowed_tag_stays(tag: str) -> None:
    assert sanitise(f"<{tag}>x</{tag}>") == f"<{tag}>x</{tag}>"


@pytest.mark.parametrize(
    "link", ["https://example.com/a?b=c", "http://[::1]/", "mailto:a@b.example"]
)
def test_an_absolute_link_stays_and_is_marked_as_a_strangers(link: str) -> None:
    assert sanitise(f'<a href="{link}">x</a>') == (
        f'<a href="{link}" rel="noopener nofollow ugc">x</a>'
    )


@pytest.mark.parametrize("attribute", ["style", "class", "id", "name", "title", "lang", "dir"])
def test_no_other_attribute_stays(attribute: str) -> None:
    assert sanitise(f"<p {attribute}='x'>x</p>") == "<p>x</p>"


def test_strikethrough_becomes_a_tag_that_browsers_know_on_the_page() -> None:
    assert for_page("<div><strikethrough>10.0</strikethrough> 10.2</div>") == (
        "<div><s>10.0</s> 10.2</div>"
    )


@pytest.mark.parametrize(("message", "text"), READ_AS)
def test_a_message_reads_as_lines_of_text(message: str, text: str) -> None:
    assert as_text(message) == text


def test_a_link_with_signs_in_it_reads_as_its_words() -> None:
    message = as_message("<a href='https://example.com/?a>b<c'>the log</a>")
    assert as_text(message) == "the log"


@pytest.mark.parametrize(
    ("markup", "depth"),
    [("", 0), ("x<br>y", 0), ("<div></div><p></p>", 1), ("<ul><li><b>x</b><br></li></ul>", 3)],
)
def test_depth_counts_nested_elements(markup: str, depth: int) -> None:
    assert depth_of(markup) == depth


@pytest.mark.parametrize(
    ("markup", "is_one"),
    [
        ("<div>x</div>", True),
        ("<div><div>x</div><br></div>", True),
        ("<div>x</div><div>y</div>", False),
        ("<div>x</div>y", False),
        ("<p>x</p>", False),
        ("", False),
    ],
)
def test_a_single_div_is_known(markup: str, is_one: bool) -> None:
    assert is_single_div(markup) is is_one
