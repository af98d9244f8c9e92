"""The present state of a page, in a fixed number of queries."""

from datetime import datetime

from pingpong.components.effects import active_by_component, effective
from pingpong.components.models import Component
from pingpong.incidents import queries as incident_queries
from pingpong.maintenance import queries as maintenance_queries

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
