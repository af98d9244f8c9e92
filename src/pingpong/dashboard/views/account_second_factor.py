"""The authenticator app and the recovery codes of an account."""

from typing import Any

from allauth.mfa.base import views as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from pingpong.dashboard.sign_in.screens import Screen


class AccountScreen(Screen):
    """What is not there yet leads to the list of what is."""

    tab = "second_factor"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc] # allauth's
        except Http404:
            return redirect("mfa_index")
        return response


class SecondFactorView(AccountScreen, second_factor.IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = super().get_context_data(**kwargs)
        mine: dict[str, Any] = known["authenticators"]
        return known | {
            "totp": mine.get(Authenticator.Type.TOTP),
            "passkeys": mine.get(Authenticator.Type.WEBAUTHN, []),
            "recovery_codes": mine.get(Authenticator.Type.RECOVERY_CODES),
        }


class ActivateTotpView(AccountScreen, totp.ActivateTOTPView):
    pass


class DeactivateTotpView(AccountScreen, totp.DeactivateTOTPView):
    pass


class RecoveryCodesView(AccountScreen, recovery.ViewRecoveryCodesView):
    pass


class GenerateRecoveryCodesView(AccountScreen, recovery.GenerateRecoveryCodesView):
    pass


class DownloadRecoveryCodesView(AccountScreen, recovery.DownloadRecoveryCodesView):
    pass
