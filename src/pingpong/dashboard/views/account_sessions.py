"""Where somebody is signed in."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.project_view import PersonView
from pingpong.dashboard.sign_in.devices import device_name
from pingpong.dashboard.sign_in.own_sessions import end_all, keep_only_this

SHOWN = 50
PK_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Row:
    """One session: `pk` is what a form names it by; its key is never shown."""

    pk: int
    device: str
    address: str
    began_at: datetime
    seen_at: datetime
    is_current: bool


class SessionsView(PersonView):
    def get(self, request: HttpRequest) -> HttpResponse:
        UserSession.objects.create_from_request(request)
        found = UserSession.objects.filter(user_id=self.person.pk).order_by("-last_seen_at", "-pk")
        rows = [_row(one, request.session.session_key) for one in found[:SHOWN]]
        rows.sort(key=lambda row: not row.is_current)
        return self.render("account/sessions.html", {"sessions": rows, "tab": "sessions"})

    def post(self, request: HttpRequest) -> HttpResponse:
        action = request.POST.get("action", "")
        if action == "everywhere":
            end_all(self.person)
            logout(request)
            return redirect("dashboard:home")
        if action == "others":
            keep_only_this(request)
            toasts.say(request, _("You are signed in here only."))
        elif self._end_one(request.POST.get("session", "")):
            toasts.say(request, _("That session has ended."))
        return redirect("usersessions_list")

    def _end_one(self, pk: str) -> bool:
        mine = UserSession.objects.filter(user_id=self.person.pk)
        session = (
            mine.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) <= PK_DIGITS else None
        )
        if session is None:
            return False
        session.end()
        return True


def _row(session: UserSession, current_key: str | None) -> Row:
    return Row(
        pk=session.pk,
        device=device_name(session.user_agent),
        address=session.ip,
        began_at=session.created_at,
        seen_at=session.last_seen_at,
        is_current=session.session_key == current_key,
    )
