"""Who can see the page, as a form."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pingpong.kit.client_ip import networks
from pingpong.pages.access import LONGEST_PASSWORD, MOST_NETWORKS, SHORTEST_PASSWORD
from pingpong.pages.models import Page, PageAccess, Visibility

CHOICES = (
    (Visibility.PUBLIC, _("Everybody")),
    (Visibility.PASSWORD, _("Whoever knows a password")),
    (Visibility.NETWORKS, _("Whoever comes from some networks")),
    (Visibility.TEAM, _("The team of this project, signed in")),
)


class AccessForm(forms.Form):
    visibility = forms.TypedChoiceField(
        label=_("The page is seen by"),
        choices=CHOICES,
        coerce=Visibility,
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    networks = forms.CharField(
        label=_("Networks"),
        required=False,
        help_text=_("One address or network a line, such as 198.51.100.7 or 10.0.0.0/8."),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "class": "code"}),
    )

    def __init__(self, data: QueryDict | None = None, *, page: Page, access: PageAccess) -> None:
        initial = {"visibility": page.visibility, "networks": access.networks}
        super().__init__(data, initial=initial)
        self.has_password = bool(access.password)
        self.fields["password"].help_text = (
            _("Empty: it stays as it is. A new one ends the visits of those who know the old one.")
            if self.has_password
            else _("At least 8 characters. You tell it to your readers yourself.")
        )

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice needs, in words of the reader's language."""
        told = self.cleaned_data
        chosen = told.get("visibility")
        password, listed = told.get("password", ""), told.get("networks", "")
        if chosen == Visibility.PASSWORD:
            is_fit = SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD
            if password and not is_fit:
                self.add_error("password", _("A password has 8 to 128 characters."))
            if not password and not self.has_password:
                self.add_error("password", _("Choose a password."))
        if chosen == Visibility.NETWORKS:
            self._judge(listed)
        return told

    def _judge(self, listed: str) -> None:
        try:
            found = networks(listed)
        except ValueError:
            self.add_error("networks", _("Something here is no address and no network."))
            return
        if not 0 < len(found) <= MOST_NETWORKS:
            self.add_error("networks", _("Name 1 to 100 networks."))
