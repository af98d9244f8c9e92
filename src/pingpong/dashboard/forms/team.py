"""Forms of projects, their teams, and the way into them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pingpong.accounts.models import Person
from pingpong.accounts.people import NAME_LENGTH as PERSON_NAME_LENGTH
from pingpong.dashboard.role_names import ROLE_NAMES
from pingpong.teams.roles import Role

from .text_fields import LineField

ROLE_HINTS = {
    Role.VIEWER: _("sees everything and changes nothing"),
    Role.RESPONDER: _("runs incidents and maintenance, and sets statuses"),
    Role.ADMIN: _("builds the page and the team"),
    Role.OWNER: _("may do everything, and delete the project"),
}
DAYS = (1, 3, 7, 14, 30)


def roles_given_by(role: str) -> list[Role]:
    """Return the roles that somebody with this one gives, least first."""
    some = [Role.VIEWER, Role.RESPONDER, Role.ADMIN]
    return [*some, Role.OWNER] if role == Role.OWNER else some


class DeleteProjectForm(forms.Form):
    slug = forms.CharField(
        label=_("Short name of the project"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "off"}),
    )

    def __init__(self, data: Any = None, *, slug: str) -> None:
        super().__init__(data)
        self._slug = slug

    def clean_slug(self) -> str:
        if self.cleaned_data["slug"] != self._slug:
            raise ValidationError(_("This is not the short name of this project."))
        return self._slug


class InviteForm(forms.Form):
    email = forms.EmailField(
        required=False,
        label=_("E-mail address"),
        help_text=_("Only an account with this address can accept. Empty: whoever has the link."),
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    days = forms.TypedChoiceField(label=_("Counts for (days)"), coerce=int)

    def __init__(self, data: Any = None, *, roles: Iterable[Role]) -> None:
        super().__init__(data, initial={"role": Role.RESPONDER.value, "days": 7})
        labels = [(one.value, f"{ROLE_NAMES[one]}: {ROLE_HINTS[one]}") for one in roles]
        self.fields["role"].choices = labels  # type: ignore[attr-defined] # a ChoiceField
        self.fields["days"].choices = [(one, one) for one in DAYS]  # type: ignore[attr-defined] # a ChoiceField

    @property
    def counts_for(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class JoinForm(forms.Form):
    """An account for who was invited; where the invitation names an address there is no field."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "username"})
    )
    name = LineField(
        max_length=PERSON_NAME_LENGTH,
        label=_("Your name"),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        help_text=_("At least 10 characters, and nothing that many people use."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, email: str) -> None:
        super().__init__(data)
        self._email = email
        if email:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        known = self.cleaned_data
        known.setdefault("email", self._email)
        if password := known.get("password"):
            somebody = Person(email=known.get("email") or "", name=known.get("name") or "")
            try:
                validate_password(password, somebody)
            except ValidationError as problem:
                self.add_error("password", problem)
        return known


class AddressForm(forms.Form):
    """Where the seat of an open link is sent to, before an account is made."""

    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput({"autocomplete": "email"})
    )
