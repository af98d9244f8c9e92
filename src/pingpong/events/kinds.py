"""Every kind of event that a journal can hold; docs/develop/events.md says what each carries."""

from django.db import models


class Kind(models.TextChoices):
    COMPONENT_CREATED = "component.created"
    COMPONENT_CHANGED = "component.changed"
    COMPONENT_STATUS_SET = "component.status_set"
    COMPONENT_DELETED = "component.deleted"
    GROUP_CREATED = "group.created"
    GROUP_CHANGED = "group.changed"
    GROUP_DELETED = "group.deleted"
    INCIDENT_OPENED = "incident.opened"
    INCIDENT_PUBLISHED = "incident.published"
    INCIDENT_CHANGED = "incident.changed"
    INCIDENT_DELETED = "incident.deleted"
    UPDATE_POSTED = "incident.update_posted"
    UPDATE_CHANGED = "incident.update_changed"
    UPDATE_DELETED = "incident.update_deleted"
    MAINTENANCE_SCHEDULED = "maintenance.scheduled"
    MAINTENANCE_CHANGED = "maintenance.changed"
    MAINTENANCE_DELETED = "maintenance.deleted"
    MAINTENANCE_STARTED = "maintenance.started"
    MAINTENANCE_COMPLETED = "maintenance.completed"
    MONITOR_CREATED = "monitor.created"
    MONITOR_CHANGED = "monitor.changed"
    MONITOR_PAUSED = "monitor.paused"
    MONITOR_RESUMED = "monitor.resumed"
    MONITOR_DELETED = "monitor.deleted"
    MONITOR_WENT_DOWN = "monitor.went_down"
    MONITOR_CAME_UP = "monitor.came_up"
    MONITOR_LOST_SIGHT = "monitor.lost_sight"
    MONITOR_CERTIFICATE_ENDS = "monitor.certificate_ends"
    CUSTOM_METRIC_CREATED = "custom_metric.created"
    CUSTOM_METRIC_CHANGED = "custom_metric.changed"
    CUSTOM_METRIC_DELETED = "custom_metric.deleted"
    PAGE_CREATED = "page.created"
    MEMBER_ADDED = "member.added"
    TOKEN_ISSUED = "token.issued"  # noqa: S105 -- an event
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 -- an event
    TOKEN_REVEALED = "token.revealed"  # noqa: S105 -- an event
