"""What happened, in rows that are only ever added; consumers mark what they have taken."""

from django.db import models


class Event(models.Model):
    """One fact of the past. Plain ids, no foreign keys: it outlives what it speaks of."""

    kind = models.CharField(max_length=50)
    page_id = models.CharField(max_length=22, blank=True)
    subject_id = models.CharField(max_length=22, blank=True)
    actor = models.CharField(max_length=150, blank=True)
    actor_id = models.CharField(max_length=22, blank=True)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(claimed_at__isnull=True), name="events_unclaimed"
            ),
            models.Index(fields=["page_id", "at"], name="events_of_page"),
            models.Index(fields=["page_id", "id"], name="events_of_page_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
