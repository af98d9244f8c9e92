"""What requests say of a metric."""

from collections.abc import Iterable
from typing import Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from pingpong.components.status import DEGRADED, DOWN, Status
from pingpong.monitors.check_rules import Header
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
from pingpong.monitors.sealing import readable_secrets

from .check import CheckIn, options_in, secrets_in
from .fields import Flag, Instant, Line, Target, Word
from .references import ComponentReference
from .strict import Words

# What says that something is wrong.
WHEN_DOWN = [word for word in Status.values if word in DOWN | DEGRADED]


@extend_schema_field({"oneOf": [{"type": "string", "enum": Showcase.values}, {"type": "boolean"}]})
class ShowcaseWord(Word):
    """One of four words; true and false mean the widest and the narrowest (A38)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Showcase.values, **options)

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, bool):
            return (Showcase.UPTIME_AND_RESPONSE_TIME if data else Showcase.NOTHING).value
        return super().to_internal_value(data)


class NotInFuture(Instant):
    default_error_messages = {"future": "This must not be in the future."}

    def to_internal_value(self, value: Any) -> Any:
        at = super().to_internal_value(value)
        if at > self.context["now"]:
            self.fail("future")
        return at


class MetricIn(serializers.Serializer[Any]):
    name = Line(max_length=NAME_LENGTH)
    description = Line(
        required=False, allow_null=True, allow_blank=True, max_length=DESCRIPTION_LENGTH
    )
    created_at = NotInFuture(required=False)
    component = ComponentReference(required=False, allow_null=True)
    url = Target(
        required=False,
        allow_null=True,
        allow_blank=True,
        max_length=URL_LENGTH,
        help_text="By kind: a web address, host:port, or a host.",
    )
    frequency = Word(Frequency.values, aliases={"1 minute": "minute"}, required=False)
    location = Word(Location.values, required=False)
    showcased = ShowcaseWord(required=False)
    kind = Word(MonitorKind.values, required=False)
    locations = Words(Location.values, required=False)
    paused = Flag(required=False)
    status_when_down = Word(WHEN_DOWN, required=False, allow_null=True)
    incident_when_down = Word(IncidentWhenDown.values, required=False)
    check = CheckIn(required=False)

    def to_internal_value(self, data: Any) -> Any:
        # Here, so that a wrong address is told together with what else is wrong.
        self._target.kind = self._kind_said(data)
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        monitor = self.instance if isinstance(self.instance, Monitor) else None
        check = attrs.pop("check", None)
        if monitor is not None and "url" not in attrs:
            self._require_fitting(monitor)
        if check is not None:
            _require_known_headers(check.get("headers") or (), monitor)
            named = {"options": options_in(check), "secrets": secrets_in(check)}
            attrs |= {name: value for name, value in named.items() if value}
        return attrs

    @property
    def _target(self) -> Target:
        return cast(Target, self.fields["url"])

    def _kind_said(self, data: Any) -> str:
        """Return the kind that the monitor is going to have."""
        said = data.get("kind") if isinstance(data, dict) else None
        word = said.strip().lower() if isinstance(said, str) else ""
        if word in MonitorKind.values:
            return word
        return self.instance.kind if isinstance(self.instance, Monitor) else MonitorKind.HTTP.value

    def _require_fitting(self, monitor: Monitor) -> None:
        """Refuse a change of the kind that makes nonsense of the address that is there."""
        is_other = bool(monitor.url) and monitor.kind != self._target.kind
        problem = self._target.problem_of(monitor.url) if is_other else None
        if problem is not None:
            raise serializers.ValidationError({"url": [problem]})


def _require_known_headers(headers: Iterable[Header], monitor: Monitor | None) -> None:
    """Refuse to keep the value of a header that has none."""
    kept = () if monitor is None else readable_secrets(monitor).headers
    known = {name.lower() for name, _ in kept}
    for name, value in headers:
        if value is None and name.lower() not in known:
            problem = f'The header "{name[:60]}" has no value to be kept.'
            raise serializers.ValidationError({"check": {"headers": [problem]}})
