"""Style sheets and scripts of the dashboard: few files, compressed once, kept by browsers for good.

A bundle is all files of some folders of `assets/`, in the order of their names.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from pingpong.overview import chart_library

_ASSETS = Path(__file__).parent / "assets"
_BUNDLES = {
    "app.css": ("css",),
    "app.js": ("js",),
    "editor.css": ("editor",),
    "editor.js": ("editor",),
    "charts.css": ("charts",),
    "charts.js": ("charts",),
    "plots.css": ("plots",),
    "plots.js": ("plots",),
}
# What is not a file of ours stands before what is.
_BEFORE = {
    "app.js": files("django_htmx").joinpath("static/django_htmx/htmx-2.min.js"),
    "charts.css": chart_library.STYLE,
    "charts.js": chart_library.SCRIPT,
    "plots.css": chart_library.PLOT_STYLE,
    "plots.js": chart_library.READING,
}
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
# What has its digest in its address never changes.
_CACHE_CONTROL = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Bundle:
    """The bytes of a bundle, by the name of their encoding; "" is plain."""

    content_type: str
    digest: str
    bodies: dict[str, bytes]


@cache
def bundle(name: str) -> Bundle:
    """Put a bundle together; raises KeyError."""
    suffix = f".{name.rpartition('.')[2]}"
    parts = [
        file.read_bytes().strip()
        for folder in _BUNDLES[name]
        for file in sorted((_ASSETS / folder).glob(f"*{suffix}"))
    ]
    if name in _BEFORE:
        parts.insert(0, _BEFORE[name].read_bytes().strip())
    text = b"\n".join(parts) + b"\n"
    bodies = {"": text, "gzip": gzip.compress(text, mtime=0), "br": brotli.compress(text)}
    return Bundle(_TYPES[suffix], hashlib.sha256(text).hexdigest()[:16], bodies)


def asset_path(name: str) -> str:
    """Return the address of a bundle; it changes with what is in it."""
    return reverse("dashboard:asset", kwargs={"digest": bundle(name).digest, "name": name})


@require_safe
def serve_asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """Answer a bundle. An old digest is no longer there: nobody asks for it who has a new page."""
    if name not in _BUNDLES or bundle(name).digest != digest:
        raise Http404
    found = bundle(name)
    accepted = {part.partition(";")[0].strip() for part in _accepted(request).split(",")}
    encoding = next((one for one in ("br", "gzip") if one in accepted), "")
    headers = {"Cache-Control": _CACHE_CONTROL, "Vary": "Accept-Encoding"}
    if encoding:
        headers["Content-Encoding"] = encoding
    return HttpResponse(found.bodies[encoding], content_type=found.content_type, headers=headers)


def _accepted(request: HttpRequest) -> str:
    return request.headers.get("Accept-Encoding", "")
