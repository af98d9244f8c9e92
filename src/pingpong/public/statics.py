"""The script that draws charts: the same for all pages, under a name that changes with it."""

import gzip
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from pingpong.overview import chart_library

from .copies import Encodings, digest_of
from .entry import SAFE, Answer, Answers, Headers
from .negotiate import NAMES

_ASSETS = Path(__file__).parent / "assets"
_PARTS = (chart_library.SCRIPT, _ASSETS / "plot.js", _ASSETS / "charts.js")
# No slug has an underscore, so that no page is in the way.
PREFIX = "/s/_/"
# What has its digest in its name never changes: a browser asks for it once.
_CACHE_CONTROL = "public, max-age=31536000, immutable"


@cache
def chart_script() -> bytes:
    """Return uPlot and what we draw with it, as one file."""
    return b"\n".join(part.read_bytes().strip() for part in _PARTS) + b"\n"


@cache
def chart_script_path() -> str:
    return f"{PREFIX}charts.{digest_of(chart_script())[:16]}.js"


def answers_at(path: str) -> Answers | None:
    """Return what a path below :data:`PREFIX` answers; None where there is nothing."""
    return _answers() if path == chart_script_path() else None


@cache
def _answers() -> Answers:
    text = chart_script()
    encodings = Encodings(text, gzip.compress(text, mtime=0), brotli.compress(text))
    bodies: Sequence[bytes] = (encodings.identity, encodings.gzip, encodings.brotli)
    return tuple(_answer(index, body) for index, body in enumerate(bodies))


def _answer(encoding: int, body: bytes) -> Answer:
    etag = f'"{digest_of(body)}"'
    shared: Headers = [
        ("ETag", etag),
        ("Cache-Control", _CACHE_CONTROL),
        ("Vary", "Accept-Encoding"),
    ]
    own: Headers = [
        ("Content-Type", "text/javascript; charset=utf-8"),
        ("Content-Length", str(len(body))),
    ]
    if encoding:
        own.append(("Content-Encoding", NAMES[encoding]))
    return Answer(etag, [*own, *shared, *SAFE], shared, [body])
