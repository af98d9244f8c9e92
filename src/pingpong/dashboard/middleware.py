"""What surrounds every screen of the dashboard: language, time zone, and the browser's rules."""

import secrets
from collections.abc import Callable
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from pingpong.accounts.models import Person

PREFIX = "/dashboard/"
# Set by the dashboard's script: where the browser says that it is.
ZONE_COOKIE = "zone"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

Answer = Callable[[HttpRequest], HttpResponse]


class SurroundingsMiddleware:
    """Touches requests below :data:`PREFIX` only: what the API says stays English."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self._get_response(request)
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined] # ours
        with translation.override(language_of(request)), timezone.override(zone_of(request)):
            response = self._get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        response.headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=nonce))
        response.headers.setdefault("Cache-Control", "no-store")
        # With none at all browsers send forms with "Origin: null", which is taken for another site.
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response


def language_of(request: HttpRequest) -> str:
    """Return the language that this person, or else this browser, wants."""
    known = dict(settings.LANGUAGES)
    person = _person_of(request)
    for wanted in (
        person.language if person else "",
        request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
    ):
        if wanted in known:
            return wanted
    return translation.get_language_from_request(request)


def zone_of(request: HttpRequest) -> ZoneInfo:
    """Return the zone that this person, or else this browser, is in."""
    person = _person_of(request)
    for wanted in (person.time_zone if person else "", request.COOKIES.get(ZONE_COOKIE, "")):
        if wanted in available_timezones():
            return ZoneInfo(wanted)
    return ZoneInfo("UTC")


def _person_of(request: HttpRequest) -> Person | None:
    # Who brings no session is asked for none: assets cost no query.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if isinstance(request.user, Person) else None
