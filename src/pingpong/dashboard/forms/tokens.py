"""The form of a new API token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .text_fields import LineField


class TokenForm(forms.Form):
    name = LineField(
        max_length=50,
        label=_("Name"),
        help_text=_("What uses it: a script, a deployment, a colleague's tool."),
    )
    once = forms.CharField(required=False, max_length=22, widget=forms.HiddenInput)
