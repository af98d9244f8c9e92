"""When the next update is promised: a quick choice, or a time of one's own."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pingpong.kit.clock import utc_now

from .minutes import MINUTE_FORMAT, YEARS, Minute

_MINUTE = timedelta(minutes=1)


class PromiseForm(forms.Form):
    """The cleaned `next_update_by` is the promise, None for none; the quick choice wins."""

    next_update = forms.ChoiceField(
        required=False,
        label=_("Next update"),
        choices=[
            ("", _("at the time below, if any")),
            ("15", _("in 15 minutes")),
            ("30", _("in 30 minutes")),
            ("60", _("in 60 minutes")),
        ],
    )
    next_update_by = forms.DateTimeField(
        required=False,
        label=_("Next update by"),
        widget=Minute,
        input_formats=[MINUTE_FORMAT],
        help_text=_(
            "The page counts down to it, and says so when it has passed. Empty: no promise."
        ),
    )

    def clean_next_update_by(self) -> datetime | None:
        """Return what is promised, on the whole minute; a promise that stands may have passed."""
        quick: str = self.cleaned_data.get("next_update", "")
        if quick:
            at = utc_now() + int(quick) * _MINUTE
            return at.replace(second=0, microsecond=0) + _MINUTE
        typed: datetime | None = self.cleaned_data["next_update_by"]
        if typed is None:
            return None
        before = self.initial.get("next_update_by")
        if isinstance(before, datetime) and typed == before.replace(second=0, microsecond=0):
            return before
        if typed.year not in YEARS:
            raise ValidationError(_("This is too far away."))
        if typed <= utc_now():
            raise ValidationError(_("This has passed already. Promise a time that is to come."))
        return typed
