"""The scripts of charts: the same for all pages, under names that change with them."""

import gzip
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from pingpong.overview import chart_library

from .copies import Encodings, digest_of
from .entry import SAFE, Answer, Answers, Headers
from .negotiate import NAMES

_ASSETS = Path(__file__).parent / "assets"
_CHARTS = (chart_library.SCRIPT, _ASSETS / "plot.js", _ASSETS / "charts.js")
_PANELS = (chart_library.READING, _ASSETS / "panels.js")
# No slug has an underscore, so that no page is in the way.
PREFIX = "/s/_/"
# What has its digest in its name never changes: a browser asks for it once.
_CACHE_CONTROL = "public, max-age=31536000, immutable"


@cache
def chart_script() -> bytes:
    """Return uPlot and what we draw with it, as one file."""
    return _joined(_CHARTS)


@cache
def panel_script() -> bytes:
    """Return what reads the drawings of custom metrics, as one file."""
    return _joined(_PANELS)


def _joined(parts: Iterable[Path]) -> bytes:
    return b"\n".join(part.read_bytes().strip() for part in parts) + b"\n"


@cache
def chart_script_path() -> str:
    return f"{PREFIX}charts.{digest_of(chart_script())[:16]}.js"


@cache
def panel_script_path() -> str:
    return f"{PREFIX}panels.{digest_of(panel_script())[:16]}.js"


def answers_at(path: str) -> Answers | None:
    """Return what a path below :data:`PREFIX` answers; None where there is nothing."""
    scripts = {chart_script_path(): chart_script, panel_script_path(): panel_script}
    return _answers(scripts[path]()) if path in scripts else None


@cache
def _answers(text: bytes) -> Answers:
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
