"""Whether the process lives, whether the service works, and the figures of both."""

import hmac
import ipaddress
import re
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page
from pingpong.public import front

from .heartbeat import ALIVE_FOR, newest_beat_age
from .metrics import exposition

_TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"
_OUR_NAMES = ("localhost", "127.0.0.1", "[::1]")
_PORT = re.compile(r":\d+$")
_SIGNS_OF_A_PROXY = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer that the process lives; depends on nothing else."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Answer whether requests can be served, and name each thing that was looked at."""
    checks = readiness(utc_now())
    ready = all(outcome == "ok" for outcome in checks.values())
    body = {"status": "ready" if ready else "not ready", "checks": checks}
    return JsonResponse(body, status=200 if ready else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer Prometheus, when it asks from this machine or with the token of its own."""
    if not (_is_local(request) or _has_token(request)):
        return HttpResponseForbidden("Metrics are for this machine or for the bearer of a token.\n")
    return HttpResponse(exposition(), content_type=_TEXT_FORMAT)


def readiness(now: datetime) -> dict[str, str]:
    """Return a word for each part: `ok`, or what is wrong with it."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
        is_migrated = _known_migrations() <= applied.keys()
        age = newest_beat_age(now) if is_migrated else None
        has_pages = is_migrated and _has_rendered()
    except Error:
        unknown = dict.fromkeys(("migrations", "engine", "pages"), "unknown")
        return {"database": "unreachable", **unknown}
    return {
        "database": "ok",
        "migrations": "ok" if is_migrated else "pending",
        "engine": "ok" if age is not None and age <= ALIVE_FOR else "silent",
        "pages": "ok" if has_pages else "not rendered yet",
    }


def _has_rendered() -> bool:
    """Tell whether the first render is done and here; a later page is no reason to be away."""
    pages = Page.objects
    if not pages.exists():
        return True
    return pages.filter(stored__isnull=False).exists() and front.has_pages()


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """Read the names once: they are files of this release."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _is_local(request: HttpRequest) -> bool:
    if any(header in request.headers for header in _SIGNS_OF_A_PROXY):
        return False
    # A page elsewhere can point its own name at this machine; it cannot take ours.
    host = request.headers.get("Host") or request.META["SERVER_NAME"]
    if _PORT.sub("", host) not in _OUR_NAMES:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _has_token(request: HttpRequest) -> bool:
    expected = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    return bool(expected) and hmac.compare_digest(
        given.encode("utf-8", "replace"), f"Bearer {expected}".encode()
    )
