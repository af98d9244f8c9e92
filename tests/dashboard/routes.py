"""Every route below /dashboard/, from the URL table, and addresses of them that lead somewhere."""

import csv
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from fixtures.cast import Belongings

_HERE = Path(__file__).parent
ROOT = "dashboard/"
Argument = Callable[[Belongings], str]


@dataclass(frozen=True)
class Route:
    """`name` is what `reverse` takes; `methods` is None where only the view's code knows them."""

    name: str
    arguments: tuple[str, ...]
    methods: frozenset[str] | None


@dataclass(frozen=True)
class Rule:
    """`least`: everybody, person (signed in), or the least role in the project.

    `nobody`: once there is an account the route is gone, for those with one too.
    """

    route: str
    method: str
    least: str


def routes() -> list[Route]:
    found = []
    for path, name, pattern in _walk(get_resolver(), "", ""):
        if path.startswith(ROOT):
            found.append(Route(name, tuple(pattern.pattern.converters), _methods(pattern.callback)))
    return found


def _walk(resolver: URLResolver, before: str, space: str) -> Iterator[tuple[str, str, Any]]:
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one, path, inner)
        elif isinstance(one, URLPattern):
            yield path, f"{space}{one.name}", one


def _methods(view: Any) -> frozenset[str] | None:
    made_of = getattr(view, "view_class", None)
    if made_of is None or not made_of.__module__.startswith("pingpong."):
        return None
    return frozenset(name.upper() for name in ("get", "post") if hasattr(made_of, name))


def rules() -> list[Rule]:
    """Read the table: one file for each part of the dashboard, by roles/<part>.csv."""
    found = []
    for file in sorted((_HERE / "roles").glob("*.csv")):
        with file.open(newline="") as lines:
            found += [Rule(**row) for row in csv.DictReader(lines)]
    return found


def arguments() -> dict[str, Argument]:
    """Return how to fill in each argument of a route, by arguments/<part>.py."""
    found: dict[str, Argument] = {}
    for file in sorted((_HERE / "arguments").glob("*.py")):
        module = importlib.import_module(f"dashboard.arguments.{file.stem}")
        found |= module.ARGUMENTS
    return found


def address_of(route: Route, ours: Belongings) -> str:
    """Return where a route leads to something of ours."""
    known = arguments()
    return reverse(route.name, kwargs={name: known[name](ours) for name in route.arguments})
