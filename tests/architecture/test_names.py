"""A file is named after what it is about: a drawer without a label fills up."""

from .tree import shown, under

DRAWERS = {"base", "common", "helpers", "managers", "misc", "selectors", "services", "utils"}

# Django looks for a database backend in a module of this name.
NAMED_BY_OTHERS = {"src/pingpong/config/sqlite3/base.py"}


def test_no_file_is_a_drawer() -> None:
    files = under("src", "tests", "tools", "benchmarks")
    drawers = {shown(file) for file in files if file.stem in DRAWERS}
    assert drawers == NAMED_BY_OTHERS
