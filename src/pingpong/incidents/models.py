"""Incidents and the messages that tell their story."""

from django.db import models

from pingpong.components.models import Component
from pingpong.components.status import Status
from pingpong.fields.short_id import ShortIdField
from pingpong.pages.models import Page

TITLE_LENGTH = 100
TEMPLATE_NAME_LENGTH = 60


class IncidentStatus(models.TextChoices):
    """The contract's five words; "In progress" is the state before any update (A6)."""

    IN_PROGRESS = "In progress"
    INVESTIGATING = "Investigating"
    IDENTIFIED = "Identified"
    VERIFYING = "Verifying"
    RESOLVED = "Resolved"


class Incident(models.Model):
    id = ShortIdField()
    page = models.ForeignKey(Page, models.CASCADE, related_name="incidents")
    title = models.CharField(max_length=TITLE_LENGTH)
    message = models.TextField()
    occurred_at = models.DateTimeField()
    # From when on it counts: an incident said to occur later is going on all the same.
    began_at = models.DateTimeField()
    notify_subscribers = models.BooleanField()
    reported_by = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    # What it is called before any update.
    opened_as = models.CharField(
        max_length=13, choices=IncidentStatus.choices, default=IncidentStatus.IN_PROGRESS
    )
    # Both follow from the updates and are kept with them (lifecycle.settle).
    status = models.CharField(max_length=13, choices=IncidentStatus.choices)
    resolved_at = models.DateTimeField(null=True)
    # Until when the next update is promised; None where nothing is, or the incident is over.
    next_update_by = models.DateTimeField(null=True)
    # Null while it is a draft: seen by the team alone, without effect on anything.
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["page", "-created_at"], name="incidents_newest_first"),
            models.Index(fields=["page", "occurred_at"], name="incidents_in_time"),
            models.Index(
                fields=["page"],
                condition=models.Q(resolved_at__isnull=True),
                name="incidents_ongoing",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.published_at is None


class AffectedComponent(models.Model):
    """What an incident says of a component: the event's own word, not the shown one (A21).

    `since` is null for what holds from the incident's beginning.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="affected")
    component = models.ForeignKey(Component, models.CASCADE, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices)
    since = models.DateTimeField(null=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "component"], name="incidents_component_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.component_id} {self.status}"


class FormerlyAffected(models.Model):
    """What an incident said of a component until it was changed while going on."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="formerly_affected")
    component = models.ForeignKey(Component, models.CASCADE, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.component_id} {self.status} until {self.until}"


class IncidentUpdate(models.Model):
    id = ShortIdField()
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="updates")
    status = models.CharField(max_length=13, choices=IncidentStatus.choices)
    message = models.TextField()
    reported_by = models.CharField(max_length=150)
    notify_subscribers = models.BooleanField()
    created_at = models.DateTimeField()
    # What it promised; of the newest update the incident has the same.
    next_update_by = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["incident", "created_at"], name="updates_in_time")]

    def __str__(self) -> str:
        return f"{self.status} at {self.created_at}"


class Postmortem(models.Model):
    """What was learnt of an incident: sanitised HTML, for the team alone until published."""

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="postmortem")
    text = models.TextField()
    written_by = models.CharField(max_length=150)
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=150, blank=True)

    def __str__(self) -> str:
        return f"Postmortem of {self.incident_id}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class IncidentTemplate(models.Model):
    """Words kept ready: `title` and `message` may hold placeholders (kit.placeholders)."""

    id = ShortIdField()
    page = models.ForeignKey(Page, models.CASCADE, related_name="incident_templates")
    name = models.CharField(max_length=TEMPLATE_NAME_LENGTH)
    title = models.CharField(max_length=TITLE_LENGTH)
    message = models.TextField(blank=True)
    status = models.CharField(max_length=13, choices=IncidentStatus.choices)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["page", "name"], name="incident_templates_by_name")
        ]

    def __str__(self) -> str:
        return self.name


class TemplateComponent(models.Model):
    """A component that a template names, and what it says of it."""

    template = models.ForeignKey(IncidentTemplate, models.CASCADE, related_name="affected")
    component = models.ForeignKey(Component, models.CASCADE, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "component"], name="incident_templates_component_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.component_id} {self.status}"
