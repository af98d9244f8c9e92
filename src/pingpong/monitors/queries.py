"""Reading monitors whole, in a fixed number of queries."""

from django.db.models import Max, OuterRef, QuerySet, Subquery

from .models import Monitor, MonitorState, Verdict, Watch


def full(page_id: str) -> QuerySet[Monitor]:
    """Return a page's monitors in order, with component, verdict and `checked_slot`. One query."""
    newest = (
        Watch.objects.filter(monitor=OuterRef("pk"))
        .order_by()
        .values("monitor")
        .annotate(slot=Max("last_slot"))
        .values("slot")
    )
    return (
        Monitor.objects.filter(page_id=page_id)
        .select_related("component__group", "verdict")
        .annotate(checked_slot=Subquery(newest))
    )


def state_of(monitor: Monitor) -> str:
    """Return what is known now; of a paused monitor nothing is."""
    try:
        verdict = monitor.verdict
    except Verdict.DoesNotExist:
        return MonitorState.UNKNOWN
    return MonitorState.UNKNOWN if monitor.paused_at is not None else verdict.state
