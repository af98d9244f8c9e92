"""The list of a page's maintenance: filtered, searched, in pages."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingpong.kit.text import clean_line
from pingpong.maintenance.models import AffectedComponent, Maintenance

from .incident_list import PER_PAGE, SEARCH_LENGTH, Chip

NAMES = {
    "": _("All"),
    "running": _("In progress"),
    "upcoming": pgettext_lazy("maintenance", "Upcoming"),
    "repeating": _("Repeating"),
    "past": _("Past"),
}


@dataclass(frozen=True, slots=True)
class MaintenanceList:
    chips: list[Chip]
    rows: "PageOfRows[Maintenance]"
    search: str
    shown: str
    query: str

    @property
    def is_filtered(self) -> bool:
        return bool(self.search or self.shown)


def list_maintenance(page_id: str, asked: QueryDict, *, now: datetime) -> MaintenanceList:
    """Return what `?show=`, `?q=` and `?page=` ask for. Three queries."""
    shown = asked.get("show", "")
    shown = shown if shown in NAMES else ""
    search = clean_line(asked.get("q", "").replace("\0", ""))[:SEARCH_LENGTH]
    conditions = _conditions(now)
    found = _searched(Maintenance.objects.filter(page_id=page_id), search)
    counts = found.order_by().aggregate(
        **{f"n_{name}": Count("pk", filter=one) for name, one in conditions.items()}
    )
    paginator = Paginator(_in_order(found.filter(conditions[shown]), conditions), PER_PAGE)
    paginator.count = counts[f"n_{shown}"]
    chips = [
        Chip(label, counts[f"n_{name}"], _query(show=name, q=search), name == shown)
        for name, label in NAMES.items()
    ]
    query = _query(show=shown, q=search)
    return MaintenanceList(chips, paginator.get_page(asked.get("page")), search, shown, query)


def _conditions(now: datetime) -> dict[str, Q]:
    repeating = Q(occurrence__series__isnull=False, ends_at__gt=now)
    return {
        "": Q(pk__isnull=False),
        "running": Q(scheduled_for__lte=now, ends_at__gt=now),
        "upcoming": Q(scheduled_for__gt=now),
        "repeating": repeating,
        "past": Q(ends_at__lte=now),
    }


def _searched(rows: "QuerySet[Maintenance]", search: str) -> "QuerySet[Maintenance]":
    if not search:
        return rows
    touching = AffectedComponent.objects.filter(component__name__icontains=search)
    return rows.filter(
        Q(title__icontains=search)
        | Q(message__icontains=search)
        | Q(pk__in=touching.values("maintenance_id"))
    )


def _in_order(rows: "QuerySet[Maintenance]", conditions: dict[str, Q]) -> "QuerySet[Maintenance]":
    """Put what goes on first, then what comes, the next first, then what is over, newest first."""
    affected = AffectedComponent.objects.select_related("component")
    urgency = Case(
        When(conditions["running"], then=Value(0)),
        When(conditions["upcoming"], then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    coming = Case(When(conditions["upcoming"], then=F("scheduled_for")), default=None)
    return (
        rows.select_related("occurrence")
        .annotate(urgency=urgency, coming_at=coming)
        .prefetch_related(Prefetch("affected", queryset=affected))
        .order_by("urgency", "coming_at", "-scheduled_for", "pk")
    )


def _query(**asked: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in asked.items() if value})
    return query.urlencode()
