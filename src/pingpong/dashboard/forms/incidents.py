"""Forms in which incidents are opened, told of, and corrected."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pingpong.dashboard.status_words import INCIDENT_WORDS
from pingpong.incidents.models import TITLE_LENGTH, IncidentStatus
from pingpong.pages.models import Page

from .affected import AffectedList
from .blanks import BlanksForm
from .minutes import MINUTE_FORMAT, YEARS, Minute
from .promises import PromiseForm
from .text_fields import LineField, MessageField

# A clock of the browser may be ahead of ours.
_AHEAD = timedelta(minutes=1)
OPENING = [(status.value, word) for status, word in INCIDENT_WORDS.items() if status != "Resolved"]
TELLING = [
    (status.value, word)
    for status, word in INCIDENT_WORDS.items()
    if status != IncidentStatus.IN_PROGRESS
]


class IncidentForm(PromiseForm, BlanksForm):
    """All of an incident on one screen; `affected` is the list beside the fields.

    `is_filled_in`: placeholders of a template are looked for, and asked for in fields of their own.
    """

    title = LineField(max_length=TITLE_LENGTH, label=_("Name"))
    status = forms.ChoiceField(choices=OPENING, label=_("Status"), widget=forms.RadioSelect)
    message = MessageField(label=_("Message"))
    occurred_at = forms.DateTimeField(
        required=False, label=_("Began"), widget=Minute, input_formats=[MINUTE_FORMAT]
    )
    notify_subscribers = forms.BooleanField(required=False, label=_("Notify subscribers"))

    def __init__(
        self,
        data: Any = None,
        *,
        page: Page,
        now: datetime,
        initial: Mapping[str, Any] | None = None,
        chosen: Mapping[str, str] | None = None,
        is_filled_in: bool = False,
        may_be_unfilled: bool = False,
    ) -> None:
        super().__init__(data, initial={**(initial or {})})
        self._now = now
        self._may_be_unfilled = may_be_unfilled
        self.affected = AffectedList(page, chosen or {}, data)
        if is_filled_in:
            self.ask_for_blanks(data if data is not None else self.initial)

    def clean_occurred_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["occurred_at"]
        before = self.initial.get("occurred_at")
        # The field knows minutes only: what was not touched keeps its seconds.
        if isinstance(before, datetime) and at == before.replace(second=0, microsecond=0):
            return before
        if at is not None and at.year not in YEARS:
            raise ValidationError(_("This is too far away."))
        if at is not None and at > self._now + _AHEAD:
            raise ValidationError(_("This is in the future. Leave it empty for now."))
        return at

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if self.affected.error:
            self.add_error(None, str(self.affected.error))
        self.fill_blanks(may_be_unfilled=self._may_be_unfilled)
        return cleaned


class UpdateForm(PromiseForm):
    """How it goes on. `status` "Resolved" ends the incident."""

    status = forms.ChoiceField(choices=TELLING, label=_("Status"), widget=forms.RadioSelect)
    message = MessageField(label=_("Message"))
    notify_subscribers = forms.BooleanField(required=False, label=_("Notify subscribers"))


class PostmortemForm(forms.Form):
    message = MessageField(label=_("Postmortem"))


class TemplateForm(forms.Form):
    """A template: its texts may hold placeholders."""

    name = LineField(max_length=60, label=_("Name of the template"))
    title = LineField(max_length=TITLE_LENGTH, label=_("Name of the incident"))
    status = forms.ChoiceField(choices=OPENING, label=_("Status"), widget=forms.RadioSelect)
    message = MessageField(label=_("Message"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        page: Page,
        initial: Mapping[str, Any] | None = None,
        chosen: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial={**(initial or {})})
        self.affected = AffectedList(page, chosen or {}, data)

    def clean(self) -> dict[str, Any]:
        if self.affected.error:
            self.add_error(None, str(self.affected.error))
        return self.cleaned_data
