"""What a team wants to know first: how the page stands, what goes on, what waits for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pingpong.components.effects import active_by_component, effective
from pingpong.components.models import Component
from pingpong.components.status import Status
from pingpong.incidents.models import Incident, IncidentUpdate
from pingpong.maintenance.models import Maintenance
from pingpong.overview.live import status_of_page
from pingpong.overview.page_status import DOWN_WORDS, ISSUES, MAINTENANCE, OPERATIONAL
from pingpong.pages.models import Page
from pingpong.pages.warnings import hidden_until

from .nags import Nag, nags_of
from .overview_attention import Attention, attention_of
from .overview_monitors import Monitors, monitors_of

# As many of each kind as one screen takes in; the lists have the rest.
SHOWN = 8
# An open incident without a word for so long makes visitors wonder.
QUIET_FOR = timedelta(hours=1)
WORDS: dict[str, tuple[Promise, str]] = {
    OPERATIONAL: (_("All systems operational"), "ok"),
    ISSUES: (_("Some systems have issues"), "minor"),
    DOWN_WORDS: (_("All systems down"), "down"),
    MAINTENANCE: (_("Under maintenance"), "work"),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A component that is not operational."""

    component: Component
    status: str


@dataclass(frozen=True, slots=True)
class Overview:
    """`incidents` have `told_at`, when their last update was posted, and `is_quiet`."""

    phrase: object
    sign: str
    incidents: Sequence[Incident]
    running: Sequence[Maintenance]
    coming: Sequence[Maintenance]
    troubles: Sequence[Trouble]
    omitted_troubles: int
    component_count: int
    monitors: Monitors
    attention: Sequence[Attention]
    nags: Sequence[Nag]
    nags_hidden_until: datetime | None

    @property
    def is_beginning(self) -> bool:
        return not self.component_count or not self.monitors.total


def overview_of(page: Page, *, now: datetime) -> Overview:
    """Read it all, in at most 17 queries however much there is."""
    status = status_of_page(page.pk, now=now)
    phrase, sign = WORDS[status.status]
    active = active_by_component(page.pk, now)
    components = list(Component.objects.filter(page=page))
    statuses = {one.pk: effective(one, active) for one in components}
    troubles = [
        Trouble(one, statuses[one.pk])
        for one in components
        if statuses[one.pk] not in (Status.OPERATIONAL, Status.UNKNOWN)
    ]
    windows = Maintenance.objects.filter(page=page, ends_at__gt=now).order_by("scheduled_for", "pk")
    soonest = list(windows[:SHOWN])
    monitors = monitors_of(page, now=now)
    return Overview(
        phrase=phrase,
        sign=sign,
        incidents=_open_incidents(page, now),
        running=[one for one in soonest if one.scheduled_for <= now],
        coming=[one for one in soonest if one.scheduled_for > now][:2],
        troubles=troubles[:SHOWN],
        omitted_troubles=max(0, len(troubles) - SHOWN),
        component_count=len(components),
        monitors=monitors,
        attention=attention_of(page, monitors, now=now),
        nags=nags_of(page, statuses, now=now),
        nags_hidden_until=hidden_until(page, now=now),
    )


def _open_incidents(page: Page, now: datetime) -> list[Incident]:
    updates = IncidentUpdate.objects.filter(incident=OuterRef("pk")).order_by("-created_at", "-pk")
    rows = Incident.objects.filter(page=page, published_at__isnull=False, resolved_at__isnull=True)
    told = rows.annotate(told_at=Subquery(updates.values("created_at")[:1]))
    found: list[Incident] = list(told.order_by("-began_at", "-pk")[:SHOWN])
    for one in found:
        last = one.told_at or one.created_at  # type: ignore[attr-defined] # annotated
        one.is_quiet = now - last >= QUIET_FOR  # type: ignore[attr-defined] # for the template
    return found
