"""The general settings of a page, as a form."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pingpong.pages.languages import LANGUAGES
from pingpong.pages.lifecycle import SLUG
from pingpong.pages.models import NAME_LENGTH, Page

from .text_fields import LineField

_FIELDS = ("name", "slug", "time_zone", "language", "languages", "is_indexed", "shows_doubts")


class GeneralForm(forms.Form):
    name = LineField(label=_("Name"), max_length=NAME_LENGTH)
    slug = forms.RegexField(
        rf"\A(?:{SLUG.pattern})\Z",
        label=_("Address"),
        max_length=63,
        help_text=_(
            "The last part of the page's address. When you change it, the former address leads to "
            "the new one for 90 days; what was put into other systems should be changed by then."
        ),
        error_messages={
            "invalid": _("Small letters, digits and hyphens, with none of those at the ends.")
        },
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Days and times on the page are those of this place.")
    )
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("In which you write to your readers.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Also offered in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_indexed = forms.BooleanField(label=_("Search engines may list the page"), required=False)
    shows_doubts = forms.BooleanField(
        label=_("Tell visitors where our probes see a problem"),
        required=False,
        help_text=_(
            "When a monitor has been down for ten minutes and its component is still called "
            "operational, the page says so beside it."
        ),
    )

    def __init__(self, data: QueryDict | None = None, *, page: Page) -> None:
        initial: dict[str, Any] = {field: getattr(page, field) for field in _FIELDS}
        super().__init__(data, initial=initial)
        known = {zone for zone in available_timezones() if "/" in zone} | {page.time_zone}
        zones = sorted(known - {"UTC"})
        self._offer("time_zone", [("UTC", "UTC"), *((zone, zone) for zone in zones)])
        self._offer("language", list(LANGUAGES.items()))
        self._offer("languages", list(LANGUAGES.items()))

    def clean_languages(self) -> list[str]:
        """Leave out the first language, and keep one order."""
        chosen = set(self.cleaned_data["languages"])
        return sorted(chosen - {self.cleaned_data.get("language")})

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined] # a ChoiceField
