"""All that a public page shows, read in a fixed number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db.models import Min, Q

from pingpong.components.day_bars import NO_TIME, DayBar, History
from pingpong.components.days import Days, zone_named
from pingpong.components.effects import active_by_component, effective
from pingpong.components.models import Component, ComponentGroup, Effect
from pingpong.components.status import DEGRADED, DOWN, color_of
from pingpong.components.uptime import Tally
from pingpong.pages.look import PLAIN, Look, look_of
from pingpong.pages.models import Page
from pingpong.pages.translations import Texts, texts_of

from .chronicle import (
    Chronicle,
    IncidentSummary,
    MaintenanceSummary,
    PastDay,
    chronicle_of,
)
from .currency import UNWATCHED, Currency, currency_of
from .custom_metrics import CustomMetricSummary, custom_metrics_of, fed_edges
from .disagreement import doubts_of
from .history import histories
from .monitors import MonitorSummary, Present, monitors_of
from .page_status import PageStatus, page_status

HISTORY_DAYS = 90
# How often the figures of a page with a broken component are brought up to date.
TROUBLE_REFRESH = timedelta(minutes=5)
# How often measurements alone have a page rendered, and how long a check may take to arrive.
MEASURED_REFRESH = timedelta(seconds=60)
_CHECK_TAKES = timedelta(seconds=15)
_NEVER = datetime.min.replace(tzinfo=UTC)
_LIVE = frozenset({Present.UP, Present.DOWN, Present.UNKNOWN})


@dataclass(frozen=True, slots=True)
class ComponentSummary:
    """A showcased component. `uptime` is in percent over the days shown, None without data.

    `last_day` are the seconds of the last 24 hours. `is_doubted`: its monitor has been down for
    long, and the page may say so.
    """

    id: str
    name: str
    description: str | None
    status: str
    color: str
    uptime: Decimal | None
    days: Sequence[DayBar]
    last_day: Tally = NO_TIME
    is_doubted: bool = False


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """A group with at least one showcased component."""

    id: str
    name: str
    description: str | None
    components: Sequence[ComponentSummary]


@dataclass(frozen=True, slots=True)
class Summary:
    """A page as its readers may see it. `next_edge_at`: when it changes by the clock alone.

    `texts` are translations of what its team wrote, by language.
    """

    page_id: str
    name: str
    slug: str
    time_zone: str
    status: str
    color: str
    ungrouped: Sequence[ComponentSummary]
    groups: Sequence[GroupSummary]
    ongoing: Sequence[IncidentSummary]
    in_progress: Sequence[MaintenanceSummary]
    upcoming: Sequence[MaintenanceSummary]
    past_days: Sequence[PastDay]
    omitted_incidents: int
    monitors: Sequence[MonitorSummary]
    today: date
    next_edge_at: datetime
    look: Look = PLAIN
    texts: Mapping[str, Texts] = field(default_factory=dict)
    # Of which version of the page this is, and at which instant it was so.
    version: int = 0
    read_at: datetime = _NEVER
    custom_metrics: Sequence[CustomMetricSummary] = ()
    currency: Currency = UNWATCHED

    @property
    def as_of(self) -> datetime | None:
        """Return when it was read; None of a page that was made by hand."""
        return None if self.read_at == _NEVER else self.read_at

    @property
    def components(self) -> list[ComponentSummary]:
        """Return every component, in the order of the page."""
        grouped = [component for group in self.groups for component in group.components]
        return [*self.ungrouped, *grouped]


def summarise(page: Page, *, now: datetime) -> Summary:
    """Read a page. The number of queries does not depend on how much there is on it."""
    zone = zone_named(page.time_zone)
    days = Days.until(now, zone=zone, count=HISTORY_DAYS)
    rows, statuses = _components(page.pk, now)
    shown = [row for row in rows if row.showcased]
    past = histories([row.pk for row in shown], days)
    told = chronicle_of(page.pk, now=now, zone=zone)
    monitors = monitors_of(page, days, component_ids=[row.pk for row in shown])
    fed = custom_metrics_of(page, component_ids=[row.pk for row in shown])
    overall = _overall(rows, statuses, told)
    currency = currency_of(page.pk, [row.pk for row in shown], now=now)
    doubts = doubts_of(page.pk, statuses) if page.shows_doubts else []
    doubted = {one.component_id for one in doubts if one.counts_from <= now}
    edges = [
        days.next_midnight,
        *told.edges,
        *_effect_edges(page.pk, now),
        *_trouble_edges((statuses[row.pk] for row in shown), now=now),
        *_measured_edges(monitors, now=now),
        *_recovery_edges(_last_days(past.values(), monitors), now=now),
        *fed_edges(fed, page_id=page.pk, now=now),
        *(one.counts_from for one in doubts),
        *([currency.next_edge_at] if currency.next_edge_at else []),
    ]
    ungrouped, groups = _in_order(shown, statuses, past, doubted)
    return Summary(
        page_id=page.pk,
        name=page.name,
        slug=page.slug,
        time_zone=page.time_zone,
        status=overall.status,
        color=overall.color,
        ungrouped=ungrouped,
        groups=groups,
        ongoing=told.ongoing,
        in_progress=told.in_progress,
        upcoming=told.upcoming,
        past_days=told.past_days,
        omitted_incidents=told.omitted_incidents,
        monitors=monitors,
        today=days.dates[-1],
        next_edge_at=min(edge for edge in edges if edge > now),
        look=look_of(page),
        texts=texts_of(page),
        version=page.version,
        read_at=now,
        custom_metrics=fed,
        currency=currency,
    )


def _components(page_id: str, now: datetime) -> tuple[list[Component], dict[str, str]]:
    """Return the components of a page and what each of them is effectively."""
    rows = list(Component.objects.filter(page=page_id).select_related("group"))
    active = active_by_component(page_id, now)
    return rows, {row.pk: effective(row, active) for row in rows}


def _last_days(past: Iterable[History], monitors: Iterable[MonitorSummary]) -> list[Tally]:
    return [*(one.last_day for one in past), *(one.last_day for one in monitors)]


def _overall(rows: Iterable[Component], statuses: dict[str, str], told: Chronicle) -> PageStatus:
    return page_status(
        [(statuses[row.pk], row.showcased) for row in rows],
        incidents_touching_nothing=told.has_incident_touching_nothing,
        maintenance_touching_nothing=told.has_maintenance_touching_nothing,
    )


def _in_order(
    shown: Iterable[Component],
    statuses: dict[str, str],
    past: dict[str, History],
    doubted: Collection[str],
) -> tuple[list[ComponentSummary], list[GroupSummary]]:
    ungrouped: list[ComponentSummary] = []
    members: dict[str, list[ComponentSummary]] = {}
    groups: dict[str, ComponentGroup] = {}
    for row in shown:
        status = statuses[row.pk]
        component = ComponentSummary(
            id=row.pk,
            name=row.name,
            description=row.description,
            status=status,
            color=color_of(status),
            uptime=past[row.pk].uptime,
            days=past[row.pk].days,
            last_day=past[row.pk].last_day,
            is_doubted=row.pk in doubted,
        )
        if row.group is None:
            ungrouped.append(component)
        else:
            groups[row.group.pk] = row.group
            members.setdefault(row.group.pk, []).append(component)
    ordered = sorted(groups.values(), key=lambda one: (one.position, one.created_at, one.pk))
    return ungrouped, [
        GroupSummary(one.pk, one.name, one.description, members[one.pk]) for one in ordered
    ]


def _trouble_edges(statuses: Iterable[str], *, now: datetime) -> list[datetime]:
    is_troubled = any(status in DOWN or status in DEGRADED for status in statuses)
    return [now + TROUBLE_REFRESH] if is_troubled else []


def _recovery_edges(last_days: Iterable[Tally], *, now: datetime) -> list[datetime]:
    """Return when an outage may have moved out of the last 24 hours a little more."""
    was_down = any(one.down_s for one in last_days)
    return [now + TROUBLE_REFRESH] if was_down else []


def _measured_edges(monitors: Iterable[MonitorSummary], *, now: datetime) -> list[datetime]:
    """Return when there may be something new to show, a minute from now at the earliest."""
    due = [one.due_at for one in monitors if one.due_at is not None and one.state in _LIVE]
    return [max(now + MEASURED_REFRESH, min(due) + _CHECK_TAKES)] if due else []


def _effect_edges(page_id: str, now: datetime) -> list[datetime]:
    """Return when the next effect starts and ends.

    One that starts within a moment was written by a machine whose clock is ahead of ours.
    """
    coming = Effect.objects.filter(page_id=page_id).aggregate(
        start=Min("starts_at", filter=Q(starts_at__gt=now)),
        end=Min("ends_at", filter=Q(ends_at__gt=now)),
    )
    return [edge for edge in coming.values() if edge is not None]
