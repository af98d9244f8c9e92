"""A file is named after what it is about: a drawer without a label fills up."""

from .tree import shown, under

DRAWERS = {"base", "common", "helpers", "managers", "misc", "selectors", "services", "utils"}


def test_no_file_is_a_drawer() -> None:
    files = under("src", "tests", "tools", "benchmarks")
    assert [shown(file) for file in files if file.stem in DRAWERS] == []
