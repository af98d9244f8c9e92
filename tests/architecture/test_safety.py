"""What no file may contain, because no review sees it every time."""

import ast
import re

import pytest

from .tree import committed, imports, parsed, shown, under

# Who may say that a text is HTML already, and which text.
MARKS_HTML = {
    "src/pingpong/dashboard/templatetags/stories.py": "messages, sanitised when they came in",
    "src/pingpong/public/templatetags/status_page.py": "messages, sanitised when they came in",
    "src/pingpong/public/paper.py": "our own style sheets and scripts",
    "src/pingpong/public/page_html.py": "a constant",
}
TRUSTING_MODULES = {"pickle", "marshal", "shelve", "dill"}
TRUSTING_CALLS = {"eval", "exec", "compile", "system", "popen"}
# Put together here, so that this file does not hold what it looks for.
UNFINISHED = [
    first + second
    for first, second in [("TO", "DO"), ("FIX", "ME"), ("mark.", "skip"), ("mark.x", "fail")]
]
MACHINE_PATHS = [f"/{folder}/" for folder in ("work", "root", "builds")]
# The only real hosts that the tree names; all else is for examples (RFC 2606) or this machine.
# jsonfeed.org is how a JSON feed says which version of the format it has.
NAMED_HOSTS = {
    "www.w3.org",
    "jsonfeed.org",
    "keepachangelog.com",
    "semver.org",
    "docs.djangoproject.com",
    "dejavu.sourceforge.net",  # in the font of the cards, which is as its makers made it
}
EXAMPLE_HOST = re.compile(r"[^.]+|.*\.(example|test|invalid|localhost)|([\w-]+\.)*example\.\w+")
_URL = re.compile(rb"https?://(?:[^\s/@]*@)?(\[[0-9a-f:.]+\]|[\w.-]+)", re.IGNORECASE)
_ADDRESS = re.compile(r"\[[0-9a-f:.]+\]|[\d.]+", re.IGNORECASE)


def test_html_is_marked_safe_where_it_is_known_to_be() -> None:
    marking = {shown(file) for file in under("src") if "mark_safe(" in file.read_text()}
    assert marking == set(MARKS_HTML)


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


@pytest.mark.parametrize("word", [*UNFINISHED, *MACHINE_PATHS])
def test_no_committed_file_says(word: str) -> None:
    found = [shown(file) for file in committed() if word.encode() in file.read_bytes()]
    assert found == []


def test_no_committed_file_names_a_host_of_somebody_else() -> None:
    found = {
        (shown(file), host)
        for file in committed()
        for host in (match.decode().lower() for match in _URL.findall(file.read_bytes()))
        if not (host in NAMED_HOSTS or EXAMPLE_HOST.fullmatch(host) or _ADDRESS.fullmatch(host))
    }
    assert found == set()
