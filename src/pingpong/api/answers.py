"""The answers' shapes as OpenAPI shows them; `shapes.py` makes them.

A test compares the two, key for key.
"""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from pingpong.components.status import Color, Status
from pingpong.custom_metrics.models import Rollup
from pingpong.incidents.models import IncidentStatus
from pingpong.maintenance.models import MaintenanceStatus
from pingpong.monitors.models import (
    Frequency,
    IncidentWhenDown,
    Location,
    MonitorKind,
    MonitorState,
    Showcase,
)
from pingpong.overview.page_status import PHRASES


class Answer(serializers.Serializer[Any]):
    """Every field is always there."""


class Instant(serializers.DateTimeField):
    """`YYYY-MM-DDTHH:MM:SSZ`."""


class StatusAnswer(Answer):
    status = serializers.ChoiceField(PHRASES)
    status_color = serializers.ChoiceField(Color.values)


class GroupAnswer(Answer):
    id = serializers.CharField(max_length=22)
    project = serializers.CharField(max_length=50)
    name = serializers.CharField(max_length=50)
    created_at = Instant()
    description = serializers.CharField(max_length=255, allow_null=True, allow_blank=True)


class ComponentStatusAnswer(Answer):
    id = serializers.CharField(max_length=22)
    status = serializers.ChoiceField(Status.values)
    status_color = serializers.ChoiceField(Color.values)


class ComponentAnswer(Answer):
    id = serializers.CharField(max_length=22)
    project = serializers.CharField(max_length=50)
    name = serializers.CharField(max_length=50)
    group = GroupAnswer(allow_null=True)
    created_at = Instant()
    status = serializers.ChoiceField(Status.values, help_text="As shown on the status page.")
    status_color = serializers.ChoiceField(Color.values)
    description = serializers.CharField(max_length=255, allow_null=True, allow_blank=True)
    showcased = serializers.BooleanField()
    own_status = serializers.ChoiceField(Status.values, help_text="Without any event's override.")


class AffectedAnswer(ComponentAnswer):
    affected_status = serializers.ChoiceField(Status.values, help_text="The event's own word.")


class IncidentUpdateAnswer(Answer):
    id = serializers.CharField(max_length=22)
    created_at = Instant()
    reported_by = serializers.CharField()
    status = serializers.ChoiceField(IncidentStatus.values)
    message = serializers.CharField(allow_blank=True, help_text="HTML.")
    next_update_by = Instant(allow_null=True, help_text="What this update promised.")


class IncidentAnswer(Answer):
    id = serializers.CharField(max_length=22)
    project = serializers.CharField(max_length=50)
    title = serializers.CharField(max_length=100)
    created_at = Instant()
    status = serializers.ChoiceField(IncidentStatus.values)
    affected_components = AffectedAnswer(many=True)
    reported_by = serializers.CharField()
    occurred_at = Instant()
    message = serializers.CharField(allow_blank=True, help_text="HTML.")
    updates = IncidentUpdateAnswer(many=True)
    draft = serializers.BooleanField(help_text="Seen by the team alone, and without effect.")
    next_update_by = Instant(allow_null=True, help_text="When the next update is promised.")


class MaintenanceAnswer(Answer):
    id = serializers.CharField(max_length=22)
    project = serializers.CharField(max_length=50)
    name = serializers.CharField(max_length=100)
    title = serializers.CharField(max_length=100)
    created_at = Instant()
    status = serializers.ChoiceField(MaintenanceStatus.values)
    affected_components = AffectedAnswer(many=True)
    reported_by = serializers.CharField()
    scheduled_for = Instant()
    ends_at = Instant()
    message = serializers.CharField(allow_blank=True, help_text="HTML.")


class HeaderAnswer(Answer):
    name = serializers.CharField()
    value = serializers.CharField(allow_null=True, help_text="Always null: it is not told.")


class CheckAnswer(Answer):
    method = serializers.CharField()
    body = serializers.CharField(allow_blank=True)
    username = serializers.CharField(allow_blank=True)
    expected_status = serializers.CharField()
    redirects = serializers.IntegerField()
    keyword = serializers.CharField(allow_blank=True)
    keyword_absent = serializers.CharField(allow_blank=True)
    json_path = serializers.CharField(allow_blank=True)
    json_value = serializers.CharField(allow_null=True, allow_blank=True)
    ip_version = serializers.IntegerField(help_text="4, 6, or 0 for either.")
    http_version = serializers.CharField(allow_blank=True)
    verify_tls = serializers.BooleanField()
    certificate_days = serializers.IntegerField()
    record_type = serializers.CharField()
    record_value = serializers.CharField(allow_blank=True)
    timeout_ms = serializers.IntegerField()
    confirmations = serializers.IntegerField()
    degraded_after_ms = serializers.IntegerField()
    grace_s = serializers.IntegerField()
    headers = HeaderAnswer(many=True)
    has_password = serializers.BooleanField()
    has_bearer = serializers.BooleanField()


class MetricAnswer(Answer):
    id = serializers.CharField(max_length=22)
    project = serializers.CharField(max_length=50)
    name = serializers.CharField(max_length=50)
    description = serializers.CharField(max_length=255, allow_null=True, allow_blank=True)
    created_at = Instant()
    component = ComponentAnswer(allow_null=True)
    url = serializers.CharField(allow_blank=True)
    frequency = serializers.ChoiceField(Frequency.values)
    location = serializers.ChoiceField(Location.values)
    showcased = serializers.ChoiceField(Showcase.values)
    kind = serializers.ChoiceField(MonitorKind.values)
    locations = serializers.ListField(child=serializers.ChoiceField(Location.values))
    paused = serializers.BooleanField()
    state = serializers.ChoiceField(MonitorState.values)
    checked_at = Instant(allow_null=True)
    status_when_down = serializers.ChoiceField(Status.values, allow_null=True)
    incident_when_down = serializers.ChoiceField(IncidentWhenDown.values)
    heartbeat_url = serializers.CharField(allow_null=True)
    check = CheckAnswer()


class CustomMetricAnswer(Answer):
    id = serializers.CharField(max_length=22)
    project = serializers.CharField(max_length=50)
    name = serializers.CharField(max_length=50)
    description = serializers.CharField(max_length=255, allow_null=True, allow_blank=True)
    created_at = Instant()
    component = ComponentAnswer(allow_null=True)
    suffix = serializers.CharField(max_length=50, allow_blank=True)
    rollup = serializers.ChoiceField(Rollup.values)
    showcased = serializers.BooleanField()


class LiveAnswer(Answer):
    project = serializers.CharField(max_length=50)
    url = serializers.CharField()
    incidents = IncidentAnswer(many=True)
    maintenance = MaintenanceAnswer(many=True)


@extend_schema_field({"type": "number"})
class Number(serializers.Field[Any, Any, Any, Any]):
    """An integer or a float."""


class DetailAnswer(Answer):
    detail = serializers.CharField()


class ShieldsStatusAnswer(Answer):
    status = serializers.ChoiceField(
        [Status.OPERATIONAL, Status.MAJOR, Status.CRITICAL, Status.MAINTENANCE]
    )


class ShieldsUptimeAnswer(Answer):
    uptime = Number()


class BadgeAnswer(Answer):
    message = serializers.CharField()
    color = serializers.ChoiceField(Color.values)
