"""Components, their groups, and the ledger of what they were when."""

from django.db import models
from django.db.models import Q

from pingpong.fields.short_id import ShortIdField
from pingpong.pages.models import Page

from .status import Source, Status

NAME_LENGTH = 50
DESCRIPTION_LENGTH = 255


class ComponentGroup(models.Model):
    id = ShortIdField()
    page = models.ForeignKey(Page, models.CASCADE, related_name="component_groups")
    name = models.CharField(max_length=NAME_LENGTH)
    description = models.CharField(max_length=DESCRIPTION_LENGTH, null=True)
    position = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "created_at", "id"]
        indexes = [models.Index(fields=["page", "position"], name="groups_in_order")]

    def __str__(self) -> str:
        return self.name


class Component(models.Model):
    """A part of the service. `own_status` is what people set; events may override it."""

    id = ShortIdField()
    page = models.ForeignKey(Page, models.CASCADE, related_name="components")
    group = models.ForeignKey(ComponentGroup, models.SET_NULL, null=True, related_name="components")
    name = models.CharField(max_length=NAME_LENGTH)
    description = models.CharField(max_length=DESCRIPTION_LENGTH, null=True)
    own_status = models.CharField(max_length=20, choices=Status.choices)
    showcased = models.BooleanField(default=True)
    position = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "created_at", "id"]
        indexes = [models.Index(fields=["page", "position"], name="components_in_order")]

    def __str__(self) -> str:
        return self.name


class OwnStatus(models.Model):
    """A status that somebody set, from `since` until the next row."""

    component = models.ForeignKey(Component, models.CASCADE, related_name="own_statuses")
    status = models.CharField(max_length=20, choices=Status.choices)
    since = models.DateTimeField()
    actor = models.CharField(max_length=150)

    class Meta:
        ordering = ["since", "id"]
        indexes = [models.Index(fields=["component", "since"], name="own_statuses_in_time")]

    def __str__(self) -> str:
        return f"{self.status} since {self.since}"


class Effect(models.Model):
    """What one event makes of one component, for one span of time.

    An incident that was reopened has several spans. The rows follow their event and change with
    it; what they once were stays in the ledger.
    """

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    component = models.ForeignKey(Component, models.CASCADE, related_name="effects")
    source = models.CharField(max_length=11, choices=Source.choices)
    event_id = models.CharField(max_length=22)
    status = models.CharField(max_length=20, choices=Status.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["page", "ends_at"], name="effects_of_page"),
            models.Index(fields=["event_id"], name="effects_of_event"),
        ]

    def __str__(self) -> str:
        return f"{self.status} by {self.source} {self.event_id}"


class Revision(models.Model):
    """The line that says that the past was told anew: who, when, why, and from which instant."""

    component = models.ForeignKey(Component, models.CASCADE, related_name="revisions")
    at = models.DateTimeField()
    since = models.DateTimeField()
    cause = models.CharField(max_length=50)
    cause_id = models.CharField(max_length=22, blank=True)
    actor = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"{self.cause} since {self.since}"


class Interval(models.Model):
    """The ledger: one span of one effective status. Rows are added, closed once, never altered.

    A row that a later edit contradicts gets `superseded_by` and stays.
    """

    component = models.ForeignKey(Component, models.CASCADE, related_name="intervals")
    status = models.CharField(max_length=20, choices=Status.choices)
    source = models.CharField(max_length=11, choices=Source.choices)
    cause_id = models.CharField(max_length=22, blank=True)
    actor = models.CharField(max_length=150)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey(Revision, models.CASCADE, null=True, related_name="replaced")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["component"],
                condition=Q(ended_at__isnull=True, superseded_by__isnull=True),
                name="ledger_one_open_interval",
            )
        ]
        indexes = [
            models.Index(
                fields=["component", "started_at"],
                condition=Q(superseded_by__isnull=True),
                name="ledger_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.status} since {self.started_at}"
