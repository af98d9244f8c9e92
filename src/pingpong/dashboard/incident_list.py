"""The list of a page's incidents: filtered, searched, in pages."""

from dataclasses import dataclass

from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pingpong.incidents.models import AffectedComponent, Incident, IncidentUpdate
from pingpong.kit.text import clean_line

PER_PAGE = 25
SEARCH_LENGTH = 100
IS_DRAFT = Q(published_at__isnull=True)
IS_OPEN = Q(published_at__isnull=False, resolved_at__isnull=True)
IS_RESOLVED = Q(published_at__isnull=False, resolved_at__isnull=False)
FILTERS = {
    "": (_("All"), Q()),
    "open": (_("Open"), IS_OPEN),
    "drafts": (_("Drafts"), IS_DRAFT),
    "resolved": (_("Resolved"), IS_RESOLVED),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter: its words, how many there are, and where it leads."""

    label: object
    count: int
    query: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class IncidentList:
    chips: list[Chip]
    rows: "PageOfRows[Incident]"
    search: str
    shown: str
    query: str

    @property
    def is_filtered(self) -> bool:
        return bool(self.search or self.shown)


def list_incidents(page_id: str, asked: QueryDict) -> IncidentList:
    """Return what `?show=`, `?q=` and `?page=` ask for. Four queries."""
    shown = asked.get("show", "")
    shown = shown if shown in FILTERS else ""
    search = clean_line(asked.get("q", "").replace("\0", ""))[:SEARCH_LENGTH]
    found = _searched(Incident.objects.filter(page_id=page_id), search)
    counts = _counts(found)
    rows = _in_order(found.filter(FILTERS[shown][1]))
    paginator = Paginator(rows, PER_PAGE)
    paginator.count = counts[shown]
    chips = [
        Chip(label, counts[name], _query(show=name, q=search), name == shown)
        for name, (label, _condition) in FILTERS.items()
    ]
    query = _query(show=shown, q=search)
    return IncidentList(chips, paginator.get_page(asked.get("page")), search, shown, query)


def _searched(rows: "QuerySet[Incident]", search: str) -> "QuerySet[Incident]":
    if not search:
        return rows
    touching = AffectedComponent.objects.filter(component__name__icontains=search)
    return rows.filter(
        Q(title__icontains=search)
        | Q(message__icontains=search)
        | Q(pk__in=touching.values("incident_id"))
    )


def _counts(rows: "QuerySet[Incident]") -> dict[str, int]:
    asked = {
        name or "all": Count("pk", filter=condition) if condition else Count("pk")
        for name, (_label, condition) in FILTERS.items()
    }
    found = rows.order_by().aggregate(**asked)
    return {name: found[name or "all"] for name in FILTERS}


def _in_order(rows: "QuerySet[Incident]") -> "QuerySet[Incident]":
    """Put what goes on first, then drafts, then what is over; each newest first."""
    affected = AffectedComponent.objects.select_related("component")
    urgency = Case(
        When(IS_OPEN, then=Value(0)),
        When(IS_DRAFT, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    updates = IncidentUpdate.objects.filter(incident=OuterRef("pk")).order_by("-created_at", "-pk")
    return (
        rows.annotate(
            urgency=urgency,
            newest_id=Subquery(updates.values("pk")[:1]),
            told_at=Subquery(updates.values("created_at")[:1]),
        )
        .prefetch_related(Prefetch("affected", queryset=affected))
        .order_by("urgency", "-began_at", "-pk")
    )


def _query(**asked: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in asked.items() if value})
    return query.urlencode()
