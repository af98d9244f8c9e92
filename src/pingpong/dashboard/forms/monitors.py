"""The form of a monitor: what everybody fills in first, the rest in groups that are named."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pingpong.components.models import Component
from pingpong.components.status import DEGRADED, DOWN
from pingpong.dashboard.monitor_words import (
    FREQUENCY_WORDS,
    INCIDENT_WHEN_DOWN_WORDS,
    KIND_WORDS,
    SHOWCASE_WORDS,
)
from pingpong.dashboard.status_words import COMPONENT_WORDS
from pingpong.monitors.check_rules import problem_of_target
from pingpong.monitors.models import (
    DESCRIPTION_LENGTH,
    NAME_LENGTH,
    URL_LENGTH,
    Frequency,
    IncidentWhenDown,
    Location,
    Monitor,
    MonitorKind,
    Showcase,
)
from pingpong.pages.models import Page

from .component_choice import ComponentField
from .field_groups import Group, groups_of
from .monitor_checks import (
    CheckForm,
    keeps_secrets,
    options_said,
    secrets_said,
    stored_check,
)
from .text_fields import LineField

_TARGET_PROBLEMS = {
    MonitorKind.HTTP: _("Give a web address, as in https://example.com/health."),
    MonitorKind.TCP: _("Give a host and a port, as in example.com:5432."),
    MonitorKind.ICMP: _("Give a host without a port, as in example.com."),
    MonitorKind.DNS: _("Give a name without a port, as in example.com."),
}
_WHEN_DOWN = [(one.value, word) for one, word in COMPONENT_WORDS.items() if one in DOWN | DEGRADED]
_OWN_FIELDS = (
    "name",
    "description",
    "component",
    "url",
    "frequency",
    "locations",
    "showcased",
    "kind",
    "status_when_down",
    "incident_when_down",
)
_EMPTY_IS_NONE = ("description", "status_when_down")


_SECRETS_ELSEWHERE = _(
    "Another server would get the password, token, headers and body that are stored: "
    "enter them anew, or have them forgotten."
)


class MonitorForm(CheckForm):
    """All kinds in one form: what is not of the chosen kind is not looked at."""

    kind = forms.ChoiceField(
        choices=[(one, word) for one, word in KIND_WORDS.items()],
        widget=forms.RadioSelect,
        label=_("What is watched"),
    )
    name = LineField(max_length=NAME_LENGTH, label=_("Name"))
    url = forms.CharField(
        max_length=URL_LENGTH,
        required=False,
        label=_("Address"),
        help_text=_(
            "A web address; host:port for a TCP port; a host for ping; a name for DNS. "
            "Without one nothing is checked yet."
        ),
    )
    frequency = forms.ChoiceField(
        choices=[(one, word) for one, word in FREQUENCY_WORDS.items()], label=_("How often")
    )
    locations = forms.MultipleChoiceField(
        choices=[(one.value, one.value) for one in Location],
        widget=forms.CheckboxSelectMultiple,
        label=_("Locations"),
        help_text=_("It is down when most of those that can see it say so."),
    )
    component = ComponentField()
    description = LineField(
        max_length=DESCRIPTION_LENGTH,
        required=False,
        label=_("Description"),
        help_text=_("Shown below its name on the page."),
    )
    showcased = forms.ChoiceField(
        choices=[(one, word) for one, word in SHOWCASE_WORDS.items()],
        label=_("Shown on the page"),
    )
    status_when_down = forms.ChoiceField(
        choices=[("", _("Leave it as it is")), *_WHEN_DOWN],
        required=False,
        label=_("Set its component to"),
        help_text=_("While it is down; afterwards the component is what it was."),
    )
    incident_when_down = forms.ChoiceField(
        choices=[(one, word) for one, word in INCIDENT_WHEN_DOWN_WORDS.items()],
        label=_("Incident"),
    )

    def __init__(self, data: Any = None, *, page: Page, monitor: Monitor | None = None) -> None:
        self._monitor = monitor
        initial = _beginning() if monitor is None else _present(monitor)
        initial |= stored_check(monitor)
        super().__init__(data, initial=initial, monitor=monitor)
        component = self.fields["component"]
        if isinstance(component, ComponentField):
            component.fill(page)

    def clean(self) -> dict[str, Any]:
        kind = self.cleaned_data.get("kind", MonitorKind.HTTP)
        self.drop_errors_of_other_kinds(kind)
        url = self.cleaned_data.get("url", "")
        if kind == MonitorKind.HEARTBEAT:
            self.cleaned_data["url"] = ""
            self.errors.pop("url", None)
        elif url and problem_of_target(kind, url) is not None:
            self.add_error("url", ValidationError(_TARGET_PROBLEMS[MonitorKind(kind)]))
        elif kind == MonitorKind.HTTP and not self.errors and self._would_send_secrets_elsewhere():
            self.add_error("url", ValidationError(_SECRETS_ELSEWHERE))
        return self.cleaned_data

    def _would_send_secrets_elsewhere(self) -> bool:
        # Who may change the address but cannot read the secrets would have them sent to himself.
        if self._monitor is None or not self._monitor.url:
            return False
        before, after = (urlsplit(one)[:2] for one in (self._monitor.url, self.cleaned_data["url"]))
        return before != after and keeps_secrets(self._monitor, self.cleaned_data)

    @property
    def groups(self) -> list[Group]:
        """Return what is not needed at first, by what it is about."""
        return groups_of(self)

    def verb_fields(self) -> dict[str, Any]:
        """Return what the verb of a new monitor takes, or of a known one what has changed."""
        said = self.cleaned_data
        fields = {name: said[name] for name in _OWN_FIELDS}
        fields |= {name: said[name] or None for name in _EMPTY_IS_NONE}
        monitor = self._monitor
        if monitor is not None:
            fields = {
                name: value for name, value in fields.items() if _differs(monitor, name, value)
            }
        changed = None if monitor is None else set(self.changed_data)
        options = options_said(said, kind=said["kind"], changed=changed)
        secrets = secrets_said(said, kind=said["kind"])
        more = {"options": options, "secrets": secrets}
        return fields | {name: value for name, value in more.items() if value}


def _differs(monitor: Monitor, name: str, value: Any) -> bool:
    if name == "component":
        known: Component | None = value
        return (known.pk if known else None) != monitor.component_id
    return bool((getattr(monitor, name) or None) != (value or None))


def _beginning() -> dict[str, Any]:
    return {
        "kind": MonitorKind.HTTP.value,
        "frequency": Frequency.EVERY_5_MINUTES.value,
        "locations": [Location.US_WEST.value],
        "showcased": Showcase.UPTIME_AND_RESPONSE_TIME.value,
        "incident_when_down": IncidentWhenDown.NONE.value,
    }


def _present(monitor: Monitor) -> dict[str, Any]:
    names: Mapping[str, Any] = {name: getattr(monitor, name) for name in _OWN_FIELDS}
    return {**names, "component": monitor.component_id or ""}
