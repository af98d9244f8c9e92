"""Pages, and the front as a web server calls it: without a socket."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from factories.moments import BEGINNING
from factories.pages import make_page
from pingpong.pages.models import Page
from pingpong.public.copies import HTML, JSON, Copy, digest_of, encode
from pingpong.public.front import Front
from pingpong.public.refresher import Refresher


@dataclass
class Response:
    status: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def code(self) -> int:
        return int(self.status.split()[0])

    @property
    def text(self) -> str:
        return self.body.decode()


_OF_THE_HISTORY = re.compile(r"^/s/[^/]+/(history|incidents/|maintenance/|components/|card\.png)")


def besides_history(paths: Iterable[str]) -> list[str]:
    """Return in order the paths of pages that are neither of their history nor the picture."""
    return sorted(path for path in paths if not _OF_THE_HISTORY.match(path))


class Reader:
    """Somebody who asks a front; `get("/s/acme/", accept_encoding="br")`."""

    def __init__(self, front: Front) -> None:
        self.front = front

    def get(self, path: str, *, query: str = "", **headers: str) -> Response:
        return self.ask("GET", path, query=query, **headers)

    def ask(self, method: str, path: str, *, query: str = "", **headers: str) -> Response:
        response = Response()

        def start(status: str, given: list[tuple[str, str]], _problem: object = None) -> None:
            response.status = status
            assert len(given) == len(dict(given)), "each header once"
            response.headers = dict(given)

        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        response.body = b"".join(self.front(environ, start))
        return response


def django_stands_in(
    environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"django " + environ["PATH_INFO"].encode()]


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=BEGINNING)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "public"


@pytest.fixture
def front(folder: Path) -> Front:
    return Front(django_stands_in, folder=folder)


@pytest.fixture
def reader(front: Front) -> Reader:
    return Reader(front)


@pytest.fixture
def refresher(front: Front) -> Refresher:
    return Refresher(front.library)


def make_copy(path: str = "/s/acme/", text: str = "hello<!--age-->", **others: Any) -> Copy:
    """Return a copy as the store holds it."""
    facts: dict[str, Any] = {
        "page_id": "p1",
        "version": 1,
        "content_type": JSON if path.endswith(".json") else HTML,
        "policy": "" if path.endswith(".json") else "default-src 'none'",
        "digest": digest_of(text.encode()),
        "slot": "<!--age-->",
        "notice": "<b>{minute} {instant}</b>",
        **others,
    }
    return Copy(path=path, bodies=encode(text.encode()), **facts)


@pytest.fixture
def copy_of() -> Callable[..., Copy]:
    return make_copy
