"""The passkeys of an account."""

from typing import Any

from allauth.mfa.webauthn import views as passkeys
from django.urls import reverse_lazy

from pingpong.dashboard.sign_in.screens import Screen


class AddPasskeyView(Screen, passkeys.AddWebAuthnView):
    tab = "second_factor"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or self.get_form()
        return super().get_context_data(**kwargs) | {"form": form}


class PasskeysView(Screen, passkeys.ListWebAuthnView):
    tab = "second_factor"


class RemovePasskeyView(Screen, passkeys.RemoveWebAuthnView):
    tab = "second_factor"
    success_url = reverse_lazy("mfa_index")


class RenamePasskeyView(Screen, passkeys.EditWebAuthnView):
    tab = "second_factor"
    success_url = reverse_lazy("mfa_index")
