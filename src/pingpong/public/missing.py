"""What a public path answers when there is nothing to show: short, and made only once."""

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from urllib.parse import quote

from . import paper
from .entry import CORS, SAFE, Headers

StartResponse = Callable[..., Any]


def answer_unknown(path: str, start_response: StartResponse) -> Iterable[bytes]:
    """Answer 404, to programs in JSON, to people with a page; Django is not asked."""
    body, headers = _unknown_json() if path.endswith(".json") else unknown_page()
    start_response("404 Not Found", headers)
    return [body]


def answer_method(method: str, *, is_open: bool, start_response: StartResponse) -> Iterable[bytes]:
    """Answer 405 as the API does."""
    allowed = "GET, HEAD, OPTIONS" if is_open else "GET, HEAD"
    body, headers = _json({"detail": f'Method "{method[:20]}" not allowed.'})
    start_response("405 Method Not Allowed", [*headers, ("Allow", allowed)])
    return [body]


def answer_too_much(detail: str, start_response: StartResponse) -> Iterable[bytes]:
    """Answer 400 to a request that asks for more than there is any use for."""
    body, headers = _json({"detail": detail})
    start_response("400 Bad Request", headers)
    return [body]


def answer_later(start_response: StartResponse) -> Iterable[bytes]:
    """Answer 503: the bytes are neither in memory nor on disk; they come with the next look."""
    body, headers = _json({"detail": "This page is being brought back. Try again in a moment."})
    start_response("503 Service Unavailable", [*headers, ("Retry-After", "1")])
    return [body]


def send_to(relative: str, start_response: StartResponse) -> Iterable[bytes]:
    """Answer 301 to a place next to this one; it cannot lead to another host."""
    start_response("301 Moved Permanently", [("Location", relative), ("Content-Length", "0")])
    return []


def send_on(path: str, query: str, start_response: StartResponse) -> Iterable[bytes]:
    """Answer 302 to another path of this host: an address that was given up may be taken again."""
    place = quote(path, safe="/")
    if query:
        place = f"{place}?{quote(query, safe='=&,%+')}"
    start_response("302 Found", [("Location", place), ("Content-Length", "0")])
    return []


def send_to_language(code: str, path: str, start_response: StartResponse) -> Iterable[bytes]:
    """Answer 302 to the same part of the page in another language; nobody may keep the answer."""
    headers = [
        ("Location", place_in_language(code, path)),
        ("Content-Length", "0"),
        ("Cache-Control", "private, no-store"),
        ("Vary", "Accept-Language"),
        *SAFE,
    ]
    start_response("302 Found", headers)
    return []


def place_in_language(code: str, path: str) -> str:
    """Return where a part is in another language, relative to itself: so it fits any host."""
    rest = path.split("/", 3)[3]
    return f"{'../' * rest.count('/')}{code}/{rest}"


@cache
def unknown_page() -> tuple[bytes, Headers]:
    """Return the page that says that there is nothing here, and its headers."""
    document = paper.document("missing.html")
    return document.body, [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(document.body))),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", document.policy),
        *SAFE,
    ]


@cache
def _unknown_json() -> tuple[bytes, Headers]:
    return _json({"detail": "Not found."})


def _json(document: dict[str, str]) -> tuple[bytes, Headers]:
    body = json.dumps(document).encode()
    return body, [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *CORS,
        *SAFE,
    ]
