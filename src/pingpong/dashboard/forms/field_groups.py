"""The lesser fields of a monitor's form, folded away under a name that says what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

_GROUPS = (
    (
        _("When it is down"),
        _("Failures in a row, component, incident"),
        "confirmations status_when_down incident_when_down",
        "",
    ),
    (
        _("Where it is looked at from"),
        _("One location, or several"),
        "locations",
        "http tcp icmp dns",
    ),
    (
        _("What is sent"),
        _("Method, headers, body, signing in"),
        "method headers body forget_body username password forget_password bearer forget_bearer",
        "http",
    ),
    (
        _("What the answer must be"),
        _("Status, words, JSON"),
        "expected_status keyword keyword_absent json_path json_value redirects",
        "http",
    ),
    (
        _("Connection and time"),
        _("How long it may take, IPv4 or IPv6, certificate"),
        "timeout_ms degraded_after_ms ip_version http_version verify_tls certificate_days",
        "http tcp icmp dns",
    ),
    (_("On the page"), _("What visitors see of it"), "showcased description", ""),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Some fields; open where one of them has to be looked at again. `kinds` empty: of all."""

    title: object
    hint: object
    fields: Sequence[forms.BoundField]
    kinds: str
    is_open: bool


def groups_of(form: forms.Form) -> list[Group]:
    """Return the groups of a form that has these fields."""
    found = []
    for title, hint, names, kinds in _GROUPS:
        fields = [form[name] for name in names.split() if name in form.fields]
        is_open = any(one.errors for one in fields)
        found.append(Group(title, hint, fields, kinds, is_open))
    return found
