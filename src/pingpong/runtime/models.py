"""What the running processes tell each other in rows."""

from django.db import models


class EngineBeat(models.Model):
    """A sign of life of one engine process."""

    engine = models.CharField(max_length=100, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    pages_rendered = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.engine
