"""Whether what a page says is known to be so still: when its monitors were looked at last."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from pingpong.monitors.models import MonitorKind, Showcase, Watch

# A check is overdue when nothing was heard for so many of its intervals, and this time more.
OVERDUE_INTERVALS = 3
GRACE = timedelta(seconds=60)
# How often a page whose checks are overdue looks for them to come back.
LOST_REFRESH = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Currency:
    """How current a page is, by the monitors that it shows or that its shown components have.

    Of `watched` monitors `overdue` have been silent for too long. `checked_at` is when anything
    was heard last. `next_edge_at` is when this changes by the clock alone.
    """

    watched: int = 0
    overdue: int = 0
    checked_at: datetime | None = None
    next_edge_at: datetime | None = None

    @property
    def is_current(self) -> bool:
        return not self.overdue

    @property
    def is_lost(self) -> bool:
        """Tell whether nothing is looked at any more, though it should be."""
        return 0 < self.watched == self.overdue


UNWATCHED = Currency()


@dataclass(slots=True)
class _Heard:
    """`at`: the newest outcome, or the beginning of watching, whichever came later; seconds."""

    interval_s: int
    at: int = 0
    last_slot: int | None = None

    @property
    def overdue_at(self) -> datetime:
        silent_for = timedelta(seconds=OVERDUE_INTERVALS * self.interval_s) + GRACE
        return datetime.fromtimestamp(self.at, tz=UTC) + silent_for


def currency_of(page_id: str, component_ids: Collection[str], *, now: datetime) -> Currency:
    """Read how current a page is whose shown components are these. One query.

    Paused monitors and those without an address are not waited for; nor are heartbeats, whose
    silence is an outcome by itself.
    """
    heard = _heard(page_id, component_ids)
    if not heard:
        return UNWATCHED
    overdue = sum(one.overdue_at <= now for one in heard)
    slots = [one.last_slot for one in heard if one.last_slot is not None]
    edge = now + LOST_REFRESH if overdue else min(one.overdue_at for one in heard)
    return Currency(
        watched=len(heard),
        overdue=overdue,
        checked_at=datetime.fromtimestamp(max(slots), tz=UTC) if slots else None,
        next_edge_at=edge,
    )


def _heard(page_id: str, component_ids: Collection[str]) -> Collection[_Heard]:
    speaks = ~Q(monitor__showcased=Showcase.NOTHING)
    if component_ids:
        speaks |= Q(monitor__component_id__in=component_ids)
    rows = (
        Watch.objects.filter(speaks, monitor__page_id=page_id, monitor__paused_at__isnull=True)
        .filter(is_active=True, next_slot__isnull=False)
        .exclude(monitor__kind=MonitorKind.HEARTBEAT)
        .order_by()
    )
    facts: Iterable[tuple[str, int, int | None, int | None, datetime]] = rows.values_list(
        "monitor_id", "interval_s", "last_slot", "watched_since", "monitor__created_at"
    )
    found: dict[str, _Heard] = {}
    for monitor_id, interval_s, last_slot, watched_since, created_at in facts:
        one = found.setdefault(monitor_id, _Heard(interval_s))
        since = int(created_at.timestamp()) if watched_since is None else watched_since
        one.at = max(one.at, since, last_slot or 0)
        if last_slot is not None:
            one.last_slot = max(one.last_slot or 0, last_slot)
    return found.values()
