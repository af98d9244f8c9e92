"""The present state of a page, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from pingpong.components.effects import active_by_component, active_on_pages, effective
from pingpong.components.models import Component
from pingpong.incidents import queries as incident_queries
from pingpong.incidents.models import Incident
from pingpong.maintenance import queries as maintenance_queries
from pingpong.maintenance.models import Maintenance

from .page_status import PageStatus, page_status


def status_of_page(page_id: str, *, now: datetime) -> PageStatus:
    """Return the page's status phrase and colour now. Four queries."""
    active = active_by_component(page_id, now)
    components = Component.objects.filter(page_id=page_id).order_by()
    loose_incidents = incident_queries.ongoing(page_id).filter(affected__isnull=True)
    loose_maintenance = maintenance_queries.in_progress(page_id, now=now).filter(
        affected__isnull=True
    )
    return page_status(
        [(effective(component, active), component.showcased) for component in components],
        incidents_touching_nothing=loose_incidents.exists(),
        maintenance_touching_nothing=loose_maintenance.exists(),
    )


def statuses_of_pages(page_ids: Collection[str], *, now: datetime) -> dict[str, PageStatus]:
    """Return what :func:`status_of_page` says of each page. Four queries for all of them."""
    active = active_on_pages(page_ids, now)
    pairs: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for component in Component.objects.filter(page_id__in=page_ids).order_by():
        pairs[component.page_id].append((effective(component, active), component.showcased))
    ongoing = Incident.objects.filter(published_at__isnull=False, resolved_at__isnull=True)
    running = Maintenance.objects.filter(scheduled_for__lte=now, ends_at__gt=now)
    incidents, maintenance = (
        set(
            rows.filter(page_id__in=page_ids, affected__isnull=True)
            .order_by()
            .values_list("page_id", flat=True)
        )
        for rows in (ongoing, running)
    )
    return {
        page_id: page_status(
            pairs[page_id],
            incidents_touching_nothing=page_id in incidents,
            maintenance_touching_nothing=page_id in maintenance,
        )
        for page_id in page_ids
    }
