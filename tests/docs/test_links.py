"""The documentation leads somewhere, wherever it points to."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# Links in code are none.
_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def _slugs(page: Path) -> set[str]:
    """Return the anchors that a page's headings get where Markdown is shown."""
    text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.DOTALL | re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(text))
    return {heading.replace(" ", "-") for heading in plain}


def _leads_nowhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return not target.exists() or bool(anchor and anchor not in _slugs(target))


def _local_links(page: Path) -> list[str]:
    links = _LINK.findall(_CODE.sub("", page.read_text()))
    return [link for link in links if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_local_links_of_a_page_lead_somewhere(page: Path) -> None:
    assert [link for link in _local_links(page) if _leads_nowhere(page, link)] == []


def test_every_page_of_the_docs_is_linked_from_their_index() -> None:
    docs = ROOT / "docs"
    linked = {
        (index.parent / link.partition("#")[0]).resolve()
        for index in (docs / "README.md", docs / "adr" / "README.md")
        for link in _local_links(index)
    }
    assert {page for page in docs.rglob("*.md") if page.name != "README.md"} - linked == set()


def test_readme_names_both_commands() -> None:
    opening = (ROOT / "README.md").read_text().partition("\n## ")[0]
    assert [name for name in ("bin/up", "bin/ci") if name not in opening] == []
    assert [name for name in ("bin/up", "bin/ci") if not (ROOT / name).is_file()] == []
