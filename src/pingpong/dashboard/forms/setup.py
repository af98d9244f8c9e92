"""The first account of an installation."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pingpong.accounts.models import Person
from pingpong.accounts.people import NAME_LENGTH

from .text_fields import LineField

_CODE_LENGTH = 100
_PASSWORD_LENGTH = 1000


class SetupForm(forms.Form):
    """Language and time zone are not asked: an account without them has those of the browser."""

    code = forms.CharField(
        label=_("Setup code"),
        max_length=_CODE_LENGTH,
        help_text=_("It was printed where the server was started, and is part of the link there."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "data-setup-code": ""}
        ),
    )
    name = LineField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=_PASSWORD_LENGTH,
        strip=False,
        help_text=_("At least 10 characters, and nothing that many people use."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        password = cleaned.get("password")
        if password:
            person = Person(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
            try:
                validate_password(password, person)
            except ValidationError as problem:
                self.add_error("password", problem)
        return cleaned
