"""What a monitor that is down does to its component, when the monitor itself is changed."""

from datetime import datetime

from pingpong.components.effects import EffectSpan, replace_effects
from pingpong.components.models import Effect
from pingpong.components.status import Source
from pingpong.kit.actor import Actor

from .models import Monitor, MonitorState, Verdict
from .watches import is_idle


def settle_hold(
    monitor: Monitor, *, cause: str, by: Actor, now: datetime, is_gone: bool = False
) -> None:
    """Let what the monitor does now be what it says now; what it did stays in the ledger.

    Call it in the transaction of the change. `is_gone`: it is being deleted. Three queries where
    there is nothing to change.
    """
    rows = list(Effect.objects.filter(source=Source.MONITOR, event_id=monitor.pk))
    wanted = None if is_gone else _wanted(monitor)
    if wanted is None and all(row.ends_at is not None for row in rows):
        return
    spans = []
    for row in rows:
        ends_at = row.ends_at
        if ends_at is None and (row.component_id, row.status) == wanted:
            wanted = None
        elif ends_at is None:
            ends_at = now
        if ends_at is None or row.starts_at < ends_at:
            spans.append(EffectSpan(row.component_id, row.status, row.starts_at, ends_at))
    if wanted is not None:
        spans.append(EffectSpan(*wanted, now, None))
    replace_effects(
        monitor.page_id,
        source=Source.MONITOR,
        event_id=monitor.pk,
        spans=spans,
        cause=cause,
        by=by,
        now=now,
    )


def _wanted(monitor: Monitor) -> tuple[str, str] | None:
    """Return the component that it holds now, and how."""
    if is_idle(monitor) or monitor.component_id is None or monitor.status_when_down is None:
        return None
    is_down = Verdict.objects.filter(monitor=monitor, state=MonitorState.DOWN).exists()
    return (monitor.component_id, monitor.status_when_down) if is_down else None
