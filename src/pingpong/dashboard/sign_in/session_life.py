"""How long a session lives: 8 hours without a request, and 14 days at most."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime

from pingpong.accounts.models import Person
from pingpong.dashboard.middleware import PREFIX
from pingpong.kit.clock import utc_now

IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(days=14)
# A session that is used is written down this often, not at every request.
NOTED_EVERY = timedelta(minutes=5)
_BEGAN, _SEEN = "began_at", "seen_at"

Answer = Callable[[HttpRequest], HttpResponse]


class SessionLifeMiddleware:
    """Stands behind Django's authentication; costs no query until there is something to note."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        brings_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if brings_session and request.path_info.startswith(PREFIX):
            _look_at(request, now=utc_now())
        return self._get_response(request)


def _look_at(request: HttpRequest, *, now: datetime) -> None:
    person = request.user
    if not isinstance(person, Person):
        return
    # Django notes a login at the person: until the session says more, that is its beginning.
    began = _read(request, _BEGAN) or person.last_login or now
    seen = _read(request, _SEEN) or began
    if now - seen > IDLE or now - began > ABSOLUTE:
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        logout(request)
    elif now - seen > NOTED_EVERY:
        request.session[_BEGAN] = began.isoformat()
        request.session[_SEEN] = now.isoformat()
        UserSession.objects.create_from_request(request)


def _read(request: HttpRequest, name: str) -> datetime | None:
    return parse_datetime(request.session.get(name, ""))
