"""How long a session lives: 8 hours without a request, and 14 days at most.

It opens the dashboard, and the pages that are for a team.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime

from pingpong.accounts.models import Person
from pingpong.dashboard.middleware import PREFIX
from pingpong.kit.clock import utc_now
from pingpong.pages.address import PAGES

IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(days=14)
# A session that is used is written down this often, not at every request.
NOTED_EVERY = timedelta(minutes=5)
_BEGAN, _SEEN = "began_at", "seen_at"
_OPENED = (PREFIX, PAGES)

Answer = Callable[[HttpRequest], HttpResponse]


class SessionLifeMiddleware:
    """Stands behind Django's authentication; costs no query until there is something to note."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        brings_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if brings_session and request.path_info.startswith(_OPENED):
            try:
                _look_at(request, now=utc_now())
            except Error:
                if request.path_info.startswith(PREFIX):
                    raise
                # Pages say themselves that the database is away; nobody is let in unseen.
                request.user = AnonymousUser()
        response = self._get_response(request)
        # As a login does.
        if request.session.modified:
            _note_beginning(request)
        return response


def _note_beginning(request: HttpRequest) -> None:
    """Write into a session when it began: what its owner does in others makes it no younger."""
    if isinstance(request.user, Person) and _BEGAN not in request.session:
        request.session[_BEGAN] = utc_now().isoformat()


def _look_at(request: HttpRequest, *, now: datetime) -> None:
    person = request.user
    if not isinstance(person, Person):
        return
    # Where a session does not say it yet, the last login is near enough.
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
