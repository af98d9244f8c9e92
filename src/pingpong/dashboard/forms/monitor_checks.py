"""The part of a monitor's form that says how it is looked at. Secrets go in and never come out."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pingpong.monitors import check_rules as rules
from pingpong.monitors.checks import Options, Secrets
from pingpong.monitors.models import Monitor
from pingpong.monitors.sealing import readable_secrets
from pingpong.monitors.stored_options import readable_options
from pingpong.probe.contract import MOST_REDIRECTS

from .header_lines import HeaderLines

_MS = 1000
_USUAL = Options()
_KINDS_OF = {
    "http": "method headers body forget_body username password forget_password bearer "
    "forget_bearer expected_status redirects keyword keyword_absent json_path json_value "
    "http_version verify_tls certificate_days",
    "dns": "record_type record_value",
    "heartbeat": "grace_s",
    "http tcp icmp dns": "timeout_ms confirmations degraded_after_ms",
    "http tcp icmp": "ip_version",
}
# Of which kinds a field is, by its name; those that are missing are of all.
KINDS_OF_FIELD = {
    name: kinds.split() for kinds, names in _KINDS_OF.items() for name in names.split()
}
OPTION_FIELDS = tuple(Options.__struct_fields__)
_SECRETS = ("headers", "password", "bearer")
_KEPT = _("Something is stored. Leave this empty to keep it.")


def _checked(problem_of: Callable[[str], str | None], told: Any) -> Callable[[str], None]:
    def check(text: str) -> None:
        if problem_of(text) is not None:
            raise ValidationError(told)

    return check


def _one_line(text: str) -> None:
    if any(sign < " " or sign == "\x7f" for sign in text):
        raise ValidationError(_("This must be one line."))


class Milliseconds(forms.FloatField):
    """Seconds in the form, milliseconds in what is stored."""

    def __init__(self, least_ms: int, most_ms: int, **options: Any) -> None:
        super().__init__(min_value=least_ms / _MS, max_value=most_ms / _MS, **options)
        self.widget.attrs["step"] = "0.1"

    def prepare_value(self, value: Any) -> Any:
        return f"{value / _MS:g}" if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        seconds = super().clean(value)
        return None if seconds is None else round(seconds * _MS)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial / _MS if isinstance(initial, int) else initial, data)


def _text(label: Any, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        max_length=length, required=False, strip=False, label=label, empty_value="", **options
    )


def _secret(label: Any, check: Callable[[str], None], **options: Any) -> forms.CharField:
    widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"})
    options["validators"] = [_one_line, check]
    return _text(label, rules.SECRET_LENGTH, widget=widget, **options)


def _number(label: Any, least: int, most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(min_value=least, max_value=most, label=label, **options)


def _choices(*values: str, first: Any) -> list[tuple[str, Any]]:
    return [(values[0], first), *((one, one) for one in values[1:])]


class CheckForm(forms.Form):
    """Every option of every kind, with the bounds that the API has."""

    method = forms.ChoiceField(choices=[(one, one) for one in rules.METHODS], label=_("Method"))
    headers = HeaderLines()
    body = _text(
        _("Body"), rules.MOST_BODY_BYTES, widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"})
    )
    forget_body = forms.BooleanField(required=False, label=_("Send no body"))
    username = _text(
        _("User name"),
        rules.TEXT_LENGTH,
        validators=[_one_line, _checked(rules.problem_of_username, _("A user name has no colon."))],
    )
    password = _secret(_("Password"), lambda _text: None)
    forget_password = forms.BooleanField(required=False, label=_("Forget the password"))
    bearer = _secret(
        _("Bearer token"),
        _checked(rules.problem_of_bearer, _("A token has no spaces and only plain letters.")),
    )
    forget_bearer = forms.BooleanField(required=False, label=_("Forget the token"))
    expected_status = _text(
        _("Expected status"),
        rules.RANGES_LENGTH,
        help_text=_("Numbers and ranges, as in 200-299, 301."),
        validators=[
            _checked(
                rules.problem_of_ranges, _("Give numbers from 100 to 599, as in 200-299, 301.")
            )
        ],
    )
    redirects = _number(_("Redirects that are followed"), 0, MOST_REDIRECTS)
    keyword = _text(_("The answer must contain"), rules.TEXT_LENGTH)
    keyword_absent = _text(_("The answer must not contain"), rules.TEXT_LENGTH)
    json_path = _text(
        _("JSON path"),
        rules.PATH_LENGTH,
        help_text=_("Leads to one value, as in $.status.code."),
        validators=[
            _one_line,
            _checked(rules.problem_of_path, _("This does not lead to one value of a JSON answer.")),
        ],
    )
    json_value = _text(
        _("Its value"), rules.TEXT_LENGTH, help_text=_("Empty: it only has to be there.")
    )
    ip_version = forms.TypedChoiceField(
        choices=[(0, _("Whatever works")), (4, "IPv4"), (6, "IPv6")],
        coerce=int,
        label=_("Internet protocol"),
    )
    http_version = forms.ChoiceField(
        choices=_choices(*rules.HTTP_VERSIONS, first=_("Whatever works")),
        required=False,
        label=_("HTTP version"),
    )
    verify_tls = forms.BooleanField(
        required=False,
        label=_("The certificate must be valid"),
        help_text=_("Without this an expired or foreign certificate is no failure."),
    )
    certificate_days = _number(
        _("Warn so many days before the certificate ends"), 0, rules.MOST_CERTIFICATE_DAYS
    )
    record_type = forms.ChoiceField(
        choices=[(one, one) for one in rules.RECORD_TYPES], label=_("Type of the record")
    )
    record_value = _text(
        _("A value that it must have"),
        rules.TEXT_LENGTH,
        help_text=_("Empty: there only has to be one."),
        validators=[_one_line],
    )
    timeout_ms = Milliseconds(
        rules.LEAST_TIMEOUT_MS, rules.MOST_MS, label=_("Seconds until it counts as failed")
    )
    confirmations = _number(
        _("Failures in a row until it counts as down"), 1, rules.MOST_CONFIRMATIONS
    )
    degraded_after_ms = Milliseconds(
        0,
        rules.MOST_MS,
        label=_("Slow from so many seconds on"),
        help_text=_("0: it is never called slow."),
    )
    grace_s = _number(_("Seconds that a call may be late"), 0, rules.DAY_S)

    def __init__(self, data: Any, *, initial: Mapping[str, Any], monitor: Monitor | None) -> None:
        super().__init__(data, initial=dict(initial))
        secrets = None if monitor is None else readable_secrets(monitor)
        stored = _stored(monitor, secrets)
        for name in ("password", "bearer", "body"):
            if name in stored:
                self.fields[name].help_text = _KEPT
            else:
                del self.fields[f"forget_{name}"]
        headers = self.fields["headers"]
        if isinstance(headers, HeaderLines):
            headers.known = [name for name, _value in secrets.headers] if secrets else []

    def drop_errors_of_other_kinds(self, kind: str) -> None:
        """Forget what is wrong with fields that the chosen kind does not have."""
        for name in list(self.errors):
            if kind not in KINDS_OF_FIELD.get(name, [kind]):
                del self.errors[name]

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if len(body.encode("utf-8", "surrogatepass")) > rules.MOST_BODY_BYTES:
            raise ValidationError(_("This body is too long."))
        return body

    def clean_expected_status(self) -> str:
        return self.cleaned_data["expected_status"] or _USUAL.expected_status


def _stored(monitor: Monitor | None, secrets: Secrets | None) -> set[str]:
    """Return the names of what is stored and not shown."""
    if monitor is None or secrets is None:
        return set()
    has = {
        "password": secrets.password,
        "bearer": secrets.bearer,
        "body": readable_options(monitor.options).body,
    }
    return {name for name, value in has.items() if value}


def stored_check(monitor: Monitor | None) -> dict[str, Any]:
    """Return what the form begins with; of secrets and bodies nothing but names of headers."""
    options = _USUAL if monitor is None else readable_options(monitor.options)
    shown = {name: getattr(options, name) for name in OPTION_FIELDS if name != "body"}
    names = [] if monitor is None else [name for name, _value in readable_secrets(monitor).headers]
    shown |= {"json_value": options.json_value or "", "ip_version": str(options.ip_version)}
    return {**shown, "headers": [(one, None) for one in names]}


def options_said(
    said: Mapping[str, Any], *, kind: str, changed: Collection[str] | None
) -> dict[str, Any]:
    """Return the options of a kind: those that have `changed`, or that differ from the usual."""
    found = {
        name: said[name]
        for name in OPTION_FIELDS
        if name in said
        and kind in KINDS_OF_FIELD.get(name, [kind])
        and (name in changed if changed is not None else said[name] != getattr(_USUAL, name))
    }
    if "json_value" in found:
        found["json_value"] = found["json_value"] or None
    if said.get("forget_body"):
        return {**found, "body": ""}
    if not found.get("body"):
        found.pop("body", None)
    return found


def secrets_said(said: Mapping[str, Any], *, kind: str) -> dict[str, Any]:
    """Return what is said of secrets: an empty field keeps what is stored."""
    if kind != "http":
        return {}
    found: dict[str, Any] = {}
    for name in ("password", "bearer"):
        if said.get(f"forget_{name}"):
            found[name] = None
        elif said[name]:
            found[name] = said[name]
    if said["headers"] is not None:
        found["headers"] = said["headers"]
    return found


def keeps_secrets(monitor: Monitor, said: Mapping[str, Any]) -> bool:
    """Tell whether something that is never shown again would stay as it is stored."""
    secrets = readable_secrets(monitor)
    kept = {
        "password": secrets.password,
        "bearer": secrets.bearer,
        "body": readable_options(monitor.options).body,
    }
    headers = said.get("headers")
    by_name = headers is not None and any(value is None for _name, value in headers)
    return (
        (bool(secrets.headers) and headers is None)
        or by_name
        or any(
            stored and not said.get(name) and not said.get(f"forget_{name}")
            for name, stored in kept.items()
        )
    )
