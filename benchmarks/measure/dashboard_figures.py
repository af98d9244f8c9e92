"""The screens of one database, asked for as a browser does: a process of its own per database."""

import json
import re
import sys
import time
from collections.abc import Iterator
from typing import Any

from .history_figures import quiet_median

RUNS = 9
_LOADED = re.compile(rb'<(?:link|script)\b[^>]*?(?:href|src)="(/[^"]+)"')
# What is not a screen to look at: files, fragments that a screen asks for, and what only posts.
_NO_SCREENS = re.compile(
    r"asset|chart|contrast|csv|dates|download|export|find|live|preview|state|switcher"
)


def main() -> list[dict[str, Any]]:
    """Return name, milliseconds, statements (many rows, few rows) and bytes of each screen."""
    import django

    django.setup()
    from django.core.management import call_command

    from .dashboard_rows import make_project

    call_command("migrate", verbosity=0)
    many = make_project(components=300, incidents=1000, monitors=50)
    few = make_project(components=3, incidents=3, monitors=3)
    return [_figures(*pair) for pair in _pairs(many, few)]


def _pairs(many: Any, few: Any) -> Iterator[tuple[str, Any, str, Any, str]]:
    """Give the name of each screen of a project, with its two addresses."""
    from django.urls import URLPattern, get_resolver, reverse

    names = get_resolver("pingpong.dashboard.urls").url_patterns
    for pattern in names:
        if not isinstance(pattern, URLPattern) or _NO_SCREENS.search(str(pattern.name)):
            continue
        arguments = set(pattern.pattern.converters)
        view = getattr(pattern.callback, "view_class", None)
        if arguments and arguments <= many.arguments.keys() and hasattr(view, "get"):
            first, second = (
                reverse(
                    f"dashboard:{pattern.name}",
                    kwargs={name: one.arguments[name] for name in arguments},
                )
                for one in (many, few)
            )
            yield str(pattern.name), many, first, few, second


def _figures(name: str, many: Any, first: str, few: Any, second: str) -> dict[str, Any]:
    body, taken = b"", []
    for _ in range(RUNS):
        start = time.perf_counter()
        body = many.get(first).content
        taken.append((time.perf_counter() - start) * 1000)
    return {
        "name": name,
        "ms": quiet_median(taken),
        "statements": many.statements(first),
        "statements_of_few": few.statements(second),
        "bytes": _sent(many, first, body),
    }


def _sent(project: Any, address: str, body: bytes) -> int:
    """Return the bytes of a first visit: the page and all that it names, compressed."""
    loaded = set(_LOADED.findall(body))
    assets = [project.get(path.decode(), encoding="br, gzip") for path in loaded if _is_asset(path)]
    return len(project.get(address, encoding="gzip").content) + sum(
        len(b"".join(asset)) for asset in assets
    )


def _is_asset(path: bytes) -> bool:
    return b"." in path.rpartition(b"/")[2]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()) + "\n")
