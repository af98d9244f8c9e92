"""What no file may contain, because no review sees it every time."""

import ast
import re

import pytest

from .tree import committed, imports, parsed, shown, under

# Stored messages are sanitised when they come in, so one place may mark them as HTML.
MARKS_HTML = {"src/pingpong/public/templatetags/public.py"}
TRUSTING_MODULES = {"pickle", "marshal", "shelve", "dill"}
TRUSTING_CALLS = {"eval", "exec", "compile", "system", "popen"}
# Spelled apart, so that this file does not hold what it looks for.
UNFINISHED = ("TODO", "FIXME", "pytest.mark.skip", "pytest.mark.xfail")
ELSEWHERE = (
    *("pypi.org", "pythonhosted.org", "npmjs.org", "npmjs.com", "debian.org"),
    *("/work/", "/root/", "/home/runner"),
)


def test_html_is_marked_safe_in_one_place() -> None:
    marking = {
        shown(file)
        for file in under("src")
        if re.search(r"\bmark_safe\b|\bSafeString\b", file.read_text())
    }
    assert marking <= MARKS_HTML


def test_templates_escape_everything() -> None:
    loose = [
        shown(file)
        for file in under("src", suffix=".html")
        if re.search(r"\|\s*safe(seq)?\b|autoescape\s+off", file.read_text())
    ]
    assert loose == []


def test_nothing_runs_text_as_code() -> None:
    found = []
    for file in under("src", "tools", "benchmarks"):
        found += [f"{shown(file)} imports {name}" for name in imports(file) if _trusts(name)]
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Call) and _called(node.func) in TRUSTING_CALLS:
                found.append(f"{shown(file)}:{node.lineno} calls {_called(node.func)}")
            if isinstance(node, ast.keyword) and node.arg == "shell":
                found.append(f"{shown(file)}:{node.lineno} uses a shell")
    assert found == []


def _trusts(name: str) -> bool:
    return name.partition(".")[0] in TRUSTING_MODULES


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    is_of_os = (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "os"
    )
    return function.attr if isinstance(function, ast.Attribute) and is_of_os else ""


@pytest.mark.parametrize("word", [*UNFINISHED, *ELSEWHERE])
def test_no_committed_file_says(word: str) -> None:
    found = [shown(file) for file in committed() if word.encode() in file.read_bytes()]
    assert found == []
