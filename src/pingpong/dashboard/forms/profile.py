"""How a person is called, and in which language and zone the dashboard speaks to them."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pingpong.accounts.models import Person
from pingpong.accounts.people import NAME_LENGTH


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Times in the dashboard are shown in it. The public page has its own."),
    )

    def __init__(self, data: QueryDict | None = None, *, person: Person) -> None:
        initial = {field: getattr(person, field) for field in ("name", "language", "time_zone")}
        super().__init__(data, initial=initial)
        own = ("", _("As in my browser"))
        zones = [*sorted(zone for zone in available_timezones() if "/" in zone), "UTC"]
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["language"].choices = [own, *settings.LANGUAGES]  # type: ignore[attr-defined] # a ChoiceField
        self.fields["time_zone"].choices = [own, *((zone, zone) for zone in zones)]  # type: ignore[attr-defined] # a ChoiceField
