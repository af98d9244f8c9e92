"""Uptime month by month: finished months are written down once and stay as they are."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from pingpong.components.uptime import Tally
from pingpong.pages.models import Page

from .calendar_months import Month, month_of, months_between, zone_named
from .models import FrozenMonth, Monitor, MonitorState, VerdictSpan
from .stretches import Stretch, stretches_since
from .uptime import seconds_of

# Outcomes may come in for 72 hours: a probe that was cut off keeps them.
FROZEN_AFTER_S = 72 * 3600
BATCH = 200


@dataclass(frozen=True, slots=True)
class MonthOfMonitor:
    """The seconds of a month, by its first day; the running month is that of until now."""

    month: date
    tally: Tally
    is_frozen: bool


@dataclass(frozen=True, slots=True)
class _Life:
    """Since when a monitor exists, and in which time zone its months are."""

    created_at: int
    zone: tzinfo


def freeze_months(now: datetime) -> int:
    """Write down the months that ended three days ago or earlier; return how many are new.

    A month is one of the page's time zone. Once written it is never changed, whatever is learnt
    of it later. Short transactions.
    """
    written = 0
    for name in Page.objects.order_by().values_list("time_zone", flat=True).distinct():
        latest = _latest_settled(zone_named(name), now)
        last = ""
        while ids := list(
            _unfrozen(name, latest).filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]
        ):
            written += _freeze(ids, latest, now)
            last = ids[-1]
    return written


def _latest_settled(zone: tzinfo, now: datetime) -> Month:
    settled = month_of(int(now.timestamp()) - FROZEN_AFTER_S, zone)
    return month_of(settled.start - 1, zone)


def _unfrozen(zone_name: str, latest: Month) -> QuerySet[Monitor]:
    """Return monitors that were judged before the month was over, and lack it."""
    spans = VerdictSpan.objects.filter(monitor=OuterRef("pk"), start__lt=latest.end)
    stands = Q(
        verdict__state__in=[MonitorState.UP, MonitorState.DOWN], verdict__since__lt=latest.end
    )
    frozen = FrozenMonth.objects.filter(monitor=OuterRef("pk"), month=latest.first_day)
    judged = Monitor.objects.filter(Exists(spans) | stands, page__time_zone=zone_name)
    return judged.filter(~Exists(frozen)).order_by("pk")


def _freeze(monitor_ids: Sequence[str], latest: Month, now: datetime) -> int:
    done = _frozen(monitor_ids)
    lives = _lives(monitor_ids)
    found = stretches_since(monitor_ids, 0, now=latest.end)
    rows = [
        FrozenMonth(
            monitor_id=monitor_id,
            month=month.first_day,
            up_s=tally.up_s,
            down_s=tally.down_s,
            maintenance_s=tally.maintenance_s,
            unknown_s=tally.unknown_s,
            frozen_at=now,
        )
        for monitor_id in monitor_ids
        for month, tally in _told(found.get(monitor_id, ()), lives[monitor_id], until=latest.end)
        if month.first_day not in done[monitor_id]
    ]
    FrozenMonth.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def months_of(monitor_ids: Collection[str], *, now: datetime) -> dict[str, list[MonthOfMonitor]]:
    """Return the months of each monitor, oldest first: what is frozen, then what is not yet.

    Five queries at most. A monitor that was never judged is missing.
    """
    second = int(now.timestamp())
    frozen, lives = _frozen(monitor_ids), _lives(monitor_ids)
    open_since = {
        monitor_id: _after(max(frozen[monitor_id], default=None), life.zone)
        for monitor_id, life in lives.items()
    }
    start = min((since or 0 for since in open_since.values()), default=second)
    found = stretches_since(monitor_ids, start, now=second)
    answer: dict[str, list[MonthOfMonitor]] = {}
    for monitor_id, life in lives.items():
        known = [
            MonthOfMonitor(day, tally, is_frozen=True)
            for day, tally in sorted(frozen[monitor_id].items())
        ]
        known += [
            MonthOfMonitor(month.first_day, tally, is_frozen=False)
            for month, tally in _told(
                found.get(monitor_id, ()), life, since=open_since[monitor_id], until=second
            )
        ]
        if known:
            answer[monitor_id] = known
    return answer


def _told(
    stretches: Sequence[Stretch], life: _Life, *, since: int | None = None, until: int
) -> Iterator[tuple[Month, Tally]]:
    """Yield each month since the first stretch, or since a month's beginning.

    What nothing is known of is unknown.
    """
    starts = [start for _, start, _ in stretches[:1]]
    first = min(starts, default=None) if since is None else since
    if first is None:
        return
    born = min([life.created_at, *starts])
    for month in months_between(first, until, life.zone):
        start, end = max(month.start, born), min(month.end, until)
        tally = seconds_of(stretches, start, end)
        known_s = tally.up_s + tally.down_s + tally.maintenance_s
        yield (
            month,
            Tally(
                up_s=tally.up_s,
                down_s=tally.down_s,
                maintenance_s=tally.maintenance_s,
                unknown_s=end - start - known_s,
            ),
        )


def _frozen(monitor_ids: Collection[str]) -> dict[str, dict[date, Tally]]:
    rows = FrozenMonth.objects.filter(monitor_id__in=monitor_ids)
    found: dict[str, dict[date, Tally]] = defaultdict(dict)
    for row in rows:
        found[row.monitor_id][row.month] = Tally(
            up_s=row.up_s,
            down_s=row.down_s,
            maintenance_s=row.maintenance_s,
            unknown_s=row.unknown_s,
        )
    return found


def _lives(monitor_ids: Collection[str]) -> dict[str, _Life]:
    rows = Monitor.objects.filter(pk__in=monitor_ids).order_by()
    return {
        monitor_id: _Life(int(created_at.timestamp()), zone_named(zone))
        for monitor_id, created_at, zone in rows.values_list("pk", "created_at", "page__time_zone")
    }


def _after(first_day: date | None, zone: tzinfo) -> int | None:
    """Return when the month after a frozen one begins, None where none is frozen."""
    if first_day is None:
        return None
    noon = datetime(first_day.year, first_day.month, 15, 12, tzinfo=zone)
    return month_of(int(noon.timestamp()), zone).end
