"""The pages of a history, read many at a time: each kind in a fixed number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from itertools import pairwise

from django.db.models import Prefetch

from pingpong.components.days import start_of_day
from pingpong.components.history import intervals_since
from pingpong.components.uptime import Tally, tally
from pingpong.incidents import queries as incident_queries
from pingpong.incidents.models import AffectedComponent, Incident
from pingpong.maintenance import queries as maintenance_queries
from pingpong.maintenance.models import MaintenanceStatus

from .chronicle import IncidentSummary, MaintenanceSummary, tell_incident, tell_maintenance

YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a history. `ended_at` is None while it goes on."""

    id: str
    is_maintenance: bool
    title: str
    began_at: datetime
    ended_at: datetime | None
    names: Sequence[str]
    has_postmortem: bool = False

    @property
    def duration(self) -> timedelta:
        return max((self.ended_at or self.began_at) - self.began_at, timedelta())


@dataclass(frozen=True, slots=True)
class MonthUptime:
    """One calendar month of a component; `uptime` is floored, None without data."""

    month: date
    tally: Tally
    uptime: Decimal | None


def whole_incidents(page_id: str, ids: Collection[str]) -> dict[str, IncidentSummary]:
    """Return published incidents with all that is told of them. Three queries."""
    if not ids:
        return {}
    rows = incident_queries.full(page_id).filter(pk__in=ids).select_related("postmortem")
    return {row.pk: tell_incident(row) for row in rows}


def whole_windows(
    page_id: str, ids: Collection[str], *, now: datetime
) -> dict[str, MaintenanceSummary]:
    """Return maintenance with all that is told of it. Two queries."""
    if not ids:
        return {}
    rows = maintenance_queries.full(page_id).filter(pk__in=ids)
    return {row.pk: tell_maintenance(row, now) for row in rows}


def happenings(
    page_id: str, incident_ids: Collection[str], window_ids: Collection[str], *, now: datetime
) -> dict[str, Happening]:
    """Return the lines for some incidents and windows, without their texts. Four queries."""
    return {**_incident_lines(page_id, incident_ids), **_window_lines(page_id, window_ids, now)}


def _incident_lines(page_id: str, ids: Collection[str]) -> dict[str, Happening]:
    if not ids:
        return {}
    shown = AffectedComponent.objects.filter(component__showcased=True).select_related("component")
    rows = (
        Incident.objects.filter(page_id=page_id, published_at__isnull=False, pk__in=ids)
        .defer("message")
        .select_related("postmortem")
        .defer("postmortem__text")
        .prefetch_related(Prefetch("affected", queryset=shown))
    )
    return {
        row.pk: Happening(
            id=row.pk,
            is_maintenance=False,
            title=row.title,
            began_at=row.began_at,
            ended_at=row.resolved_at,
            names=[one.component.name for one in row.affected.all()],
            has_postmortem=hasattr(row, "postmortem") and row.postmortem.is_published,
        )
        for row in rows
    }


def _window_lines(page_id: str, ids: Collection[str], now: datetime) -> dict[str, Happening]:
    if not ids:
        return {}
    rows = maintenance_queries.full(page_id).filter(pk__in=ids).defer("message")
    return {
        row.pk: Happening(
            id=row.pk,
            is_maintenance=True,
            title=row.title,
            began_at=row.scheduled_for,
            ended_at=(
                row.ends_at if row.status_at(now) == MaintenanceStatus.COMPLETE.value else None
            ),
            names=[one.component.name for one in row.affected.all() if one.component.showcased],
        )
        for row in rows
    }


def years_of_uptime(
    component_ids: Collection[str], *, zone: tzinfo, now: datetime
) -> Mapping[str, Sequence[MonthUptime]]:
    """Return the last twelve calendar months of each component, this one first. One query."""
    if not component_ids:
        return {}
    months = last_months(now.astimezone(zone).date(), YEAR_MONTHS)
    edges = [now, *(start_of_day(month, zone) for month in months)]
    ledger = intervals_since(component_ids, edges[-1], now=now)
    found = {}
    for one in component_ids:
        sums = [tally(ledger.get(one, ()), start, end) for end, start in pairwise(edges)]
        found[one] = [
            MonthUptime(month, sum_, sum_.percentage())
            for month, sum_ in zip(months, sums, strict=True)
        ]
    return found


def last_months(today: date, count: int) -> list[date]:
    """Return the first days of so many months, that of `today` first."""
    months = [today.replace(day=1)]
    while len(months) < count:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months


def in_order(lines: Iterable[Happening]) -> list[Happening]:
    """Return lines newest first."""
    return sorted(lines, key=lambda one: (one.began_at, one.id), reverse=True)
