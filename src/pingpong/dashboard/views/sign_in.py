"""Signing in and out, and choosing a new password without the old one."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from pingpong.accounts.first_run import has_accounts
from pingpong.dashboard.project_view import INVALID
from pingpong.dashboard.sign_in.screens import Screen


class LoginView(Screen, account.LoginView):
    """While nobody has an account, leads to where the first one is made."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_accounts():
            return redirect(settings.SETUP_URL)
        response: HttpResponse = super().get(*args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"oidc_name": settings.OIDC_NAME}


class LogoutView(Screen, account.LogoutView):
    pass


class PasskeyLoginView(Screen, passkeys.LoginWebAuthnView):
    """GET is for the script of the login page, which asks for a challenge."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        del request, args, kwargs
        return JsonResponse({"request_options": auth.begin_authentication(user=None)})

    def form_invalid(self, form: Any) -> HttpResponse:
        del form
        return render(self.request, "mfa/webauthn/refused.html", status=INVALID)


class AuthenticateView(Screen, second_factor.AuthenticateView):
    def form_invalid(self, form: Any) -> HttpResponse:
        del form
        response: HttpResponse = self.render_to_response(self.get_context_data())
        response.status_code = INVALID
        return response


class PasswordResetView(Screen, account.PasswordResetView):
    pass


class PasswordResetDoneView(Screen, account.PasswordResetDoneView):
    pass


class PasswordResetFromKeyView(Screen, account.PasswordResetFromKeyView):
    pass


class PasswordResetFromKeyDoneView(Screen, account.PasswordResetFromKeyDoneView):
    pass


class ConfirmEmailView(Screen, account.ConfirmEmailView):
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().post(*args, **kwargs)
        except Http404:
            self.object = None
            response = self.render_to_response(self.get_context_data())
            response.status_code = INVALID
        return response
