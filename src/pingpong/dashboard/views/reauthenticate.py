"""Asking again who it is, before what would help a thief is changed."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpResponse
from django.views.generic.edit import FormView

from pingpong.dashboard.sign_in.screens import Screen


class ReauthenticateView(Screen, account.ReauthenticateView):
    pass


class ReauthenticateByCodeView(Screen, second_factor.ReauthenticateView):
    pass


class ReauthenticateByPasskeyView(Screen, passkeys.ReauthenticateWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or self.get_form()
        return super().get_context_data(**kwargs) | {"form": form}

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = FormView.form_invalid(self, form)
        response.status_code = 422
        return response
