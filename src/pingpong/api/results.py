"""How long the results of idempotent requests are kept; no HTTP in it, the engine needs it too."""

from datetime import datetime, timedelta

from .models import IdempotencyRecord

KEPT_FOR = timedelta(hours=24)


def forget_old(now: datetime) -> int:
    """Delete the results of more than 24 hours ago; return how many."""
    deleted, _ = IdempotencyRecord.objects.filter(created_at__lte=now - KEPT_FOR).delete()
    return deleted
