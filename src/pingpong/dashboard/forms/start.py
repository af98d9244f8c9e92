"""The guided start: a project's name and address, and its first components."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingpong.components.models import NAME_LENGTH as COMPONENT_NAME_LENGTH
from pingpong.kit.text import clean_line
from pingpong.pages.lifecycle import SLUG
from pingpong.pages.models import NAME_LENGTH, Page
from pingpong.pages.slugs import SLUG_LENGTH, free_slug

from .text_fields import LineField

MOST_COMPONENTS = 50
_TEXT_LENGTH = 20_000
SUGGESTIONS = (
    pgettext_lazy("component", "Website"),
    pgettext_lazy("component", "API"),
    pgettext_lazy("component", "Mail"),
    pgettext_lazy("component", "Sign-in"),
    pgettext_lazy("component", "Payments"),
    pgettext_lazy("component", "Support"),
)


class NamingForm(forms.Form):
    """`slug` may be left empty: it is made from the name."""

    name = LineField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("What visitors know you by: a company, a product or a team."),
        widget=forms.TextInput(attrs={"autofocus": True, "data-slug-from": ""}),
    )
    slug = forms.CharField(
        label=_("Address of the page"),
        max_length=SLUG_LENGTH,
        required=False,
        validators=[
            RegexValidator(
                rf"\A(?:{SLUG.pattern})\Z",
                _("Use lower-case letters, digits and hyphens, and no hyphen at the ends."),
            )
        ],
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "data-slug": "",
            }
        ),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Days and times on the page are shown in it. You can change it later."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [*sorted(zone for zone in available_timezones() if "/" in zone), "UTC"]
        self.fields["slug"].help_text = _(
            "It follows %(address)s. Use lower-case letters, digits and hyphens, or leave it "
            "empty: then it is made from the name."
        ) % {"address": f"{settings.BASE_URL}/s/"}
        self.fields["time_zone"].choices = [(zone, zone) for zone in zones]  # type: ignore[attr-defined] # a ChoiceField

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if not slug:
            return free_slug(self.cleaned_data.get("name", ""))
        if Page.objects.filter(slug=slug).exists():
            raise ValidationError(_("Another page has this address. Choose another one."))
        return slug


class FirstComponentsForm(forms.Form):
    suggested = forms.MultipleChoiceField(
        label=_("Often used"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own = forms.CharField(
        label=_("Of your own"),
        required=False,
        max_length=_TEXT_LENGTH,
        help_text=_("One name in each line."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(name), name) for name in SUGGESTIONS]
        self.fields["suggested"].choices = named  # type: ignore[attr-defined] # a ChoiceField

    def clean_own(self) -> list[str]:
        names = [
            line for text in self.cleaned_data["own"].splitlines() if (line := clean_line(text))
        ]
        if any(len(name) > COMPONENT_NAME_LENGTH for name in names):
            raise ValidationError(
                _("A name has at most %(limit)d characters."),
                params={"limit": COMPONENT_NAME_LENGTH},
            )
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.names():
            raise ValidationError(_("Choose a component or name one, or skip this step."))
        if not self.errors and len(self.names()) > MOST_COMPONENTS:
            raise ValidationError(
                _("Begin with at most %(limit)d: the rest can follow."),
                params={"limit": MOST_COMPONENTS},
            )
        return cleaned

    def names(self) -> list[str]:
        """Return what was chosen and typed, each name once."""
        return list(dict.fromkeys([*self.cleaned_data["suggested"], *self.cleaned_data["own"]]))
