"""Who acts on which kind of event: an explicit map, and the claiming of events.

An event is claimed by a compare-and-swap in the transaction of what its consumers write, so each
takes effect once, with any number of engines, and what commits late is not passed over.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import Error, transaction

from pingpong.events.kinds import Kind
from pingpong.events.models import Event

from . import monitor_news

log = structlog.get_logger(__name__)

Consumer = Callable[[Event, datetime], None]

BATCH = 100
NEWS_FOR = timedelta(hours=1)


def log_event(event: Event, now: datetime) -> None:
    """Leave a line that says who did what, without what was written; history brings no news."""
    if now - event.at > NEWS_FOR:
        return
    log.info(
        event.kind,
        page=event.page_id,
        subject=event.subject_id,
        actor=event.actor_id or "product",
    )


# These take every kind; the map adds those of one kind.
EVERY_KIND: Sequence[Consumer] = (log_event,)
BY_KIND: Mapping[str, Sequence[Consumer]] = {
    Kind.MONITOR_WENT_DOWN: (monitor_news.on_went_down,),
    Kind.MONITOR_CAME_UP: (monitor_news.on_came_up,),
    Kind.MONITOR_LOST_SIGHT: (monitor_news.on_lost_sight,),
    Kind.MAINTENANCE_COMPLETED: (monitor_news.on_maintenance_completed,),
}


def consume_events(
    now: datetime,
    *,
    every_kind: Sequence[Consumer] = EVERY_KIND,
    by_kind: Mapping[str, Sequence[Consumer]] = BY_KIND,
) -> int:
    """Claim and pass on every event that nobody has claimed; return how many this call took.

    A consumer that raises leaves its event unclaimed for the next call, and holds up no other.
    """
    taken = 0
    last_id = 0
    while batch := list(
        Event.objects.filter(claimed_at=None, pk__gt=last_id).order_by("pk")[:BATCH]
    ):
        last_id = batch[-1].pk
        with transaction.atomic():
            taken += sum(
                _take(event, (*every_kind, *by_kind.get(event.kind, ())), now=now)
                for event in batch
            )
    return taken


def _take(event: Event, consumers: Sequence[Consumer], *, now: datetime) -> bool:
    try:
        with transaction.atomic():
            claimed = Event.objects.filter(pk=event.pk, claimed_at=None).update(claimed_at=now)
            if not claimed:
                return False
            for consumer in consumers:
                consumer(event, now)
    except Error:
        raise
    except Exception:
        log.exception("consumer_failed", kind=event.kind, event_id=event.pk)
        return False
    return True
