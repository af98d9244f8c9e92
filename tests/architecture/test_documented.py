"""What an operator or a developer has to know stands in the docs, and nothing that is gone."""

import re

from pingpong.events.kinds import Kind

from .tree import ROOT, committed, shown, under

DOCS = ROOT / "docs"
_VARIABLE = re.compile(r"\b(?:PINGPONG_[A-Z0-9_]*[A-Z0-9]|DATABASE_URL|BROKER_URL)\b")
_CELL = re.compile(r"^\|\s*`([^`]+)`", re.MULTILINE)


def first_cells(text: str) -> set[str]:
    """Return what the rows of the tables in a page are about."""
    return set(_CELL.findall(text))


def test_every_variable_that_is_read_is_documented_and_no_other() -> None:
    files = [*under("src"), *(file for file in committed() if shown(file).startswith("bin/"))]
    read = {name for file in files for name in _VARIABLE.findall(file.read_text())}
    told = (DOCS / "operate" / "configuration.md").read_text()
    assert {name for name in first_cells(told) if _VARIABLE.fullmatch(name)} == read


def test_every_kind_of_event_is_documented_and_no_other() -> None:
    told = first_cells((DOCS / "develop" / "events.md").read_text())
    assert {name for name in told if "." in name} == set(Kind.values)


def test_every_dependency_is_documented() -> None:
    told = (DOCS / "develop" / "dependencies.md").read_text().lower()
    wanted = set()
    for file in (ROOT / "requirements").glob("*.in"):
        lines = (line.strip() for line in file.read_text().splitlines())
        named = [line for line in lines if line and not line.startswith(("-", "#"))]
        wanted |= {re.split(r"[\[<>=~!; ]", line)[0].lower() for line in named}
    assert sorted(name for name in wanted if f"`{name}" not in told and name not in told) == []
