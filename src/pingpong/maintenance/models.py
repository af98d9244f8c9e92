"""Planned work: its status is read off the clock."""

from datetime import datetime

from django.db import models

from pingpong.components.models import Component
from pingpong.fields.short_id import ShortIdField
from pingpong.pages.models import Page

TITLE_LENGTH = 100


class MaintenanceStatus(models.TextChoices):
    UPCOMING = "Upcoming"
    IN_PROGRESS = "In progress"
    COMPLETE = "Complete"


class Maintenance(models.Model):
    id = ShortIdField()
    page = models.ForeignKey(Page, models.CASCADE, related_name="maintenance")
    title = models.CharField(max_length=TITLE_LENGTH)
    message = models.TextField(blank=True)
    scheduled_for = models.DateTimeField()
    ends_at = models.DateTimeField()
    notify_subscribers = models.BooleanField()
    reported_by = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    # The next instant at which the engine has something to write down; null when all is past.
    next_edge_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["page", "-created_at"], name="maintenance_newest_first"),
            models.Index(fields=["page", "scheduled_for"], name="maintenance_in_time"),
            models.Index(fields=["next_edge_at"], name="maintenance_next_edge"),
        ]

    def __str__(self) -> str:
        return self.title

    def status_at(self, now: datetime) -> str:
        """Contract A34: before the start Upcoming, before the end In progress, then Complete."""
        if now < self.scheduled_for:
            return MaintenanceStatus.UPCOMING.value
        if now < self.ends_at:
            return MaintenanceStatus.IN_PROGRESS.value
        return MaintenanceStatus.COMPLETE.value


class AffectedComponent(models.Model):
    maintenance = models.ForeignKey(Maintenance, models.CASCADE, related_name="affected")
    component = models.ForeignKey(Component, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["maintenance", "component"], name="maintenance_component_once"
            )
        ]

    def __str__(self) -> str:
        return self.component_id
