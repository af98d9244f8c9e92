"""Forgetting what is too old, a little at a time: nobody waits long for the database."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Max

from .models import HourRollup, ProbeAgent, RawOutcome, VerdictSpan

OUTCOMES_KEPT_FOR = timedelta(hours=72)
HOURS_KEPT_FOR = timedelta(days=396)  # 13 months
SPANS_KEPT_FOR = timedelta(days=762)  # 25 months
AGENTS_KEPT_FOR = timedelta(days=1)


def forget_old(now: datetime, *, batch: int = 5000) -> int:
    """Delete outcomes, hours, spans and silent probes that are too old; return how many rows.

    Each batch is a transaction of its own. Days and frozen months are kept.
    """
    gone = _forget_oldest(RawOutcome.objects.all(), "slot", _second(now - OUTCOMES_KEPT_FOR), batch)
    gone += _forget_hours(_second(now - HOURS_KEPT_FOR), batch)
    gone += _forget_oldest(VerdictSpan.objects.all(), "end", _second(now - SPANS_KEPT_FOR), batch)
    silent, _ = ProbeAgent.objects.filter(seen_at__lt=now - AGENTS_KEPT_FOR).delete()
    return gone + silent


def _forget_oldest(rows: models.QuerySet[Any], column: str, oldest: int, batch: int) -> int:
    """Delete from the first id on, until nothing old is among as many rows as a batch has.

    Ids grow with time, so that no index on the time itself is needed.
    """
    gone = last = 0
    while True:
        some = rows.filter(pk__gt=last).order_by("pk")[:batch]
        edge: int | None = some.aggregate(edge=Max("pk"))["edge"]
        if edge is None:
            return gone
        old = rows.filter(pk__gt=last, pk__lte=edge, **{f"{column}__lt": oldest})
        deleted, _ = old.delete()
        if not deleted:
            return gone
        gone, last = gone + deleted, edge


def _forget_hours(oldest: int, batch: int) -> int:
    gone = 0
    while True:
        some = HourRollup.objects.filter(start__lt=oldest).order_by("start").values("pk")[:batch]
        deleted, _ = HourRollup.objects.filter(
            pk__in=list(some.values_list("pk", flat=True))
        ).delete()
        gone += deleted
        if deleted < batch:
            return gone


def _second(at: datetime) -> int:
    return int(at.timestamp())
