"""Planned work: its status is read off the clock."""

from datetime import datetime

from django.db import models

from pingpong.components.models import Component
from pingpong.fields.short_id import ShortIdField
from pingpong.pages.models import Page

TITLE_LENGTH = 100
TEMPLATE_NAME_LENGTH = 60
SLOT_LENGTH = 16


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
    # How often it was changed, and when last: calendars tell by it which of two is the newer.
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

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


class CancelledMaintenance(models.Model):
    """A window that was deleted before it was over: calendars that have it must be told.

    `component_ids` are between spaces.
    """

    id = models.CharField(max_length=22, primary_key=True)
    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    title = models.CharField(max_length=TITLE_LENGTH)
    scheduled_for = models.DateTimeField()
    ends_at = models.DateTimeField()
    component_ids = models.TextField(blank=True)
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField()
    cancelled_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "cancelled maintenance"
        indexes = [models.Index(fields=["page", "-cancelled_at"], name="maintenance_cancelled")]

    def __str__(self) -> str:
        return self.title


class MaintenanceSeries(models.Model):
    """Work that repeats: what its rule says, and what each of its windows begins with.

    Wall times are text, "2026-03-29T02:30", of `time_zone`. `title` and `message` may hold the
    placeholders {{date}} and {{time}}, which are filled in for each window.
    """

    id = ShortIdField()
    page = models.ForeignKey(Page, models.CASCADE, related_name="maintenance_series")
    title = models.CharField(max_length=TITLE_LENGTH)
    message = models.TextField(blank=True)
    notify_subscribers = models.BooleanField()
    rule = models.CharField(max_length=250)
    time_zone = models.CharField(max_length=64)
    starts = models.CharField(max_length=SLOT_LENGTH)
    # Which of two is meant where a wall time comes twice.
    is_later = models.BooleanField(default=False)
    minutes = models.PositiveIntegerField()
    # The first slot that is no longer one of this series; empty where it goes on.
    ends_before = models.CharField(max_length=SLOT_LENGTH, blank=True)
    reported_by = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    # When the engine has to plan more windows; null when all are planned.
    next_look_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "maintenance series"
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["next_look_at"], name="maintenance_series_next_look")]

    def __str__(self) -> str:
        return self.title


class SeriesComponent(models.Model):
    """A component that each window of a series affects."""

    series = models.ForeignKey(MaintenanceSeries, models.CASCADE, related_name="affected")
    component = models.ForeignKey(Component, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["series", "component"], name="series_component_once")
        ]

    def __str__(self) -> str:
        return self.component_id


class Occurrence(models.Model):
    """A slot of a series that was planned, once and for all.

    `maintenance` is null when its window was deleted: that time is left out.
    """

    series = models.ForeignKey(MaintenanceSeries, models.CASCADE, related_name="occurrences")
    slot = models.CharField(max_length=SLOT_LENGTH)
    maintenance = models.OneToOneField(
        Maintenance, models.SET_NULL, null=True, related_name="occurrence"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "slot"], name="occurrence_planned_once")
        ]

    def __str__(self) -> str:
        return self.slot


class MaintenanceTemplate(models.Model):
    """Words kept ready: `title` and `message` may hold placeholders (kit.placeholders)."""

    id = ShortIdField()
    page = models.ForeignKey(Page, models.CASCADE, related_name="maintenance_templates")
    name = models.CharField(max_length=TEMPLATE_NAME_LENGTH)
    title = models.CharField(max_length=TITLE_LENGTH)
    message = models.TextField(blank=True)
    minutes = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["page", "name"], name="maintenance_templates_by_name")
        ]

    def __str__(self) -> str:
        return self.name


class TemplateComponent(models.Model):
    """A component that a template names."""

    template = models.ForeignKey(MaintenanceTemplate, models.CASCADE, related_name="affected")
    component = models.ForeignKey(Component, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "component"], name="maintenance_templates_component_once"
            )
        ]

    def __str__(self) -> str:
        return self.component_id
