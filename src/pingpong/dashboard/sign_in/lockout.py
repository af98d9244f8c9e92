"""Who tried too often: for an account from one address, and from one address at all.

django-axes keeps the failures in the database, so that every process knows of each. They are
counted by what was typed, whether or not it is an account: the answer tells nothing about that.
"""

from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

FAILURES_OF_ACCOUNT = 5
FAILURES_OF_ADDRESS = 50
# For a second factor the password was right already: then no address makes it better.
FAILURES_OF_CODES = 5
COOL_OFF = timedelta(minutes=15)
_CODES_OF = "second factor of "
_SETUP = {"username": "setup code"}
_TOO_MANY_REQUESTS = 429


class Lockout(AxesDatabaseHandler):
    """Counts against several limits; with AXES_FAILURE_LIMIT = 1, one that is reached locks."""

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """Return how many of the limits are reached. Up to three queries."""
        name = attempted_name(request, credentials)
        recent = AccessAttempt.objects.filter(
            attempt_time__gte=request.axes_attempt_time - COOL_OFF
        )
        here = recent.filter(ip_address=request.axes_ip_address)
        limits = [(here, FAILURES_OF_ADDRESS)]
        if name.startswith(_CODES_OF):
            limits.append((recent.filter(username=name), FAILURES_OF_CODES))
        else:
            limits.append((here.filter(username=name), FAILURES_OF_ACCOUNT))
        return sum(_failures(attempts) >= limit for attempts, limit in limits)


def _failures(attempts: Any) -> int:
    total: int | None = attempts.aggregate(total=Sum("failures_since_start"))["total"]
    return total or 0


def attempted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return what failures are counted under: the address as it was typed, in lower case."""
    known = credentials or {}
    typed = known.get("email") or known.get("username") or known.get("login")
    return str(typed or request.POST.get("login", "")).strip().lower()[:255]


def answer_locked_out(
    request: HttpRequest, _credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Answer 429, the same for every account and for none."""
    return render(request, "account/locked_out.html", status=_TOO_MANY_REQUESTS)


def may_try_code(request: HttpRequest, person_id: str) -> bool:
    """Tell whether a code of a second factor is looked at at all."""
    return bool(AxesProxyHandler.is_allowed(request, _code_credentials(person_id)))


def note_wrong_code(request: HttpRequest, person_id: str) -> None:
    """Count a wrong code, against the account and against the address."""
    AxesProxyHandler.user_login_failed(__name__, _code_credentials(person_id), request)


def note_right_code(request: HttpRequest, person_id: str) -> None:
    """Forget the wrong codes of this account."""
    del request
    name = _code_credentials(person_id)["username"]
    AccessAttempt.objects.filter(Q(username=name)).delete()


def may_try_setup(request: HttpRequest) -> bool:
    """Tell whether a setup code from this address is looked at at all."""
    return bool(AxesProxyHandler.is_allowed(request, _SETUP))


def note_wrong_setup_code(request: HttpRequest) -> None:
    """Count a wrong setup code against the address that it came from."""
    AxesProxyHandler.user_login_failed(__name__, _SETUP, request)


def _code_credentials(person_id: str) -> dict[str, str]:
    return {"username": f"{_CODES_OF}{person_id}".lower()}
