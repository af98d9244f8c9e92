"""What the API itself has to remember."""

from django.db import models


class IdempotencyRecord(models.Model):
    """The first result of a POST with an `Idempotency-Key`, kept for 24 hours."""

    page_id = models.CharField(max_length=22)
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    # Text, because PostgreSQL's jsonb would not keep the order of the keys.
    answer = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page_id", "key"], name="api_one_result_per_key")
        ]
        indexes = [models.Index(fields=["created_at"], name="api_results_by_age")]

    def __str__(self) -> str:
        return self.key
