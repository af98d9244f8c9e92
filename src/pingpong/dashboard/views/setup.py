"""The first account, made by whoever read the terminal. Gone as soon as there is one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from pingpong.accounts.first_run import (
    SetupOverError,
    complete_setup,
    has_accounts,
    was_offered,
)
from pingpong.accounts.people import PersonInvalidError
from pingpong.dashboard import toasts
from pingpong.dashboard.forms.setup import SetupForm
from pingpong.dashboard.project_view import INVALID
from pingpong.dashboard.sign_in.first_sign_in import sign_in_new
from pingpong.dashboard.sign_in.lockout import may_try_setup, note_wrong_setup_code
from pingpong.kit.clock import utc_now

_TOO_MANY_REQUESTS = 429


class SetupView(View):
    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if has_accounts() and not _was_overtaken(request):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return _show(request, SetupForm(), status=HttpResponse.status_code)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SetupForm(request.POST)
        if has_accounts():
            return _lead_to_sign_in(request)
        if not form.is_valid():
            return _show(request, form)
        if not may_try_setup(request):
            form.add_error("code", _("That was tried too often. Wait a quarter of an hour."))
            return _show(request, form, status=_TOO_MANY_REQUESTS)
        try:
            person = complete_setup(**form.cleaned_data, now=utc_now())
        except PersonInvalidError:
            form.add_error("email", _("Enter an e-mail address."))
            return _show(request, form)
        except SetupOverError:
            return _refuse(request, form)
        sign_in_new(request, person)
        return redirect("dashboard:start")


def _refuse(request: HttpRequest, form: SetupForm) -> HttpResponse:
    if has_accounts():
        return _lead_to_sign_in(request)
    note_wrong_setup_code(request)
    form.add_error(
        "code", _("This is not the code that was printed last. Each start prints a new one.")
    )
    return _show(request, form)


def _was_overtaken(request: HttpRequest) -> bool:
    """Tell whether this is somebody with the right code who was a moment too late."""
    return request.method == "POST" and was_offered(request.POST.get("code", ""))


def _lead_to_sign_in(request: HttpRequest) -> HttpResponse:
    toasts.warn(request, _("Somebody else was faster and has the first account. Sign in instead."))
    return redirect("account_login")


def _show(request: HttpRequest, form: SetupForm, *, status: int = INVALID) -> HttpResponse:
    return render(request, "dashboard/start/setup.html", {"form": form}, status=status)
