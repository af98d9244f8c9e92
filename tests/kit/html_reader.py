"""Reading HTML the way a browser's tokeniser does, to see what is left in it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

ALLOWED = frozenset(
    [
        "a",
        "b",
        "blockquote",
        "br",
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
        "strikethrough",
        "strong",
        "u",
        "ul",
    ]
)


@dataclass
class Found:
    """Every tag and attribute of a text, its plain words, and the depth at its end."""

    tags: set[str] = field(default_factory=set)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    text: str = ""
    depth: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Found()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.tags.add(tag)
        self.found.attributes += [(tag, name, value or "") for name, value in attrs]
        self.found.depth += tag != "br"

    def handle_endtag(self, tag: str) -> None:
        self.found.depth -= tag != "br"

    def handle_data(self, data: str) -> None:
        self.found.text += data

    def handle_comment(self, data: str) -> None:
        self.found.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def read(markup: str) -> Found:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.found


def assert_harmless(markup: str) -> None:
    """Only allowed tags, only absolute links, everything closed."""
    found = read(markup)
    assert found.tags <= ALLOWED
    assert found.others == []
    assert found.depth == 0
    for tag, name, value in found.attributes:
        assert (tag, name) in {("a", "href"), ("a", "rel")}
        if name == "rel":
            assert value == "noopener nofollow ugc"
        else:
            assert value.lower().startswith(("http://", "https://", "mailto:"))
