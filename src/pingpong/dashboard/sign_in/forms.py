"""The forms of signing in: allauth's, with limits that every process knows of."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as codes
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pingpong.accounts.mail import can_send
from pingpong.accounts.spent_codes import spend
from pingpong.kit.clock import utc_now

from .lockout import may_try_code, note_right_code, note_wrong_code


def relabel(form: forms.Form, labels: dict[str, Any]) -> None:
    """Name fields in our words: labels say what a field is, and placeholders would repeat it."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in labels:
            field.label = labels[name]
        if name == "password1":
            field.help_text = _("At least 10 characters, and nothing that many people use.")


class LoginForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, {"login": _("E-mail address"), "password": _("Password")})
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}


class ResetPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, {"email": _("E-mail address")})
        self.fields["email"].widget.attrs["autofocus"] = True

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Write one letter, whether or not there is an account: both take the same time."""
        email: str = self.cleaned_data["email"]
        if can_send() and self.users:
            request_password_reset(request, email, self.users, kwargs.get("token_generator"))
        elif can_send():
            get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, {"password1": _("New password"), "password2": _("The same again")})


class SetPasswordForm(account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, {"password1": _("New password"), "password2": _("The same again")})


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(
            self,
            {
                "oldpassword": _("Present password"),
                "password1": _("New password"),
                "password2": _("The same again"),
            },
        )
        self.fields["oldpassword"].help_text = ""

    def clean_oldpassword(self) -> str:
        """Take the present password as a sign-in does: who guesses is locked out."""
        password: str = self.cleaned_data.get("oldpassword", "")
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, {"password": _("Your password")})
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs["autofocus"] = True


class AddEmailForm(account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, {"email": _("New e-mail address")})


class CodeForm(codes.BaseAuthenticateForm):
    """Takes a code of the app or a recovery code: each once, and five wrong ones lock."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, {"code": _("Code")})
        self.fields["code"].widget.attrs |= {"autofocus": True, "inputmode": "numeric"}

    def clean_code(self) -> str:
        person_id = self.user.pk
        if not may_try_code(context.request, person_id):
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code: str = super().clean_code()
        except ValidationError:
            note_wrong_code(context.request, person_id)
            raise
        if not spend(person_id, code.strip(), now=utc_now()):
            note_wrong_code(context.request, person_id)
            raise get_mfa_adapter().validation_error("incorrect_code")
        note_right_code(context.request, person_id)
        return code


class AuthenticateForm(CodeForm, codes.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(CodeForm, codes.ReauthenticateForm):
    pass
