"""What a monitor that is down does, where somebody has asked for it: status, incident, recovery.

Called for the events that :mod:`intake` leaves; each takes effect once, whoever takes the event.
"""

from datetime import UTC, datetime, timedelta

from pingpong.components.effects import EffectSpan, active_by_component, replace_effects
from pingpong.components.models import Component, Effect
from pingpong.components.status import Source, Status
from pingpong.events.kinds import Kind
from pingpong.incidents.lifecycle import open_incident, post_update
from pingpong.incidents.models import Incident, IncidentStatus
from pingpong.kit.actor import Actor
from pingpong.kit.html import as_message
from pingpong.pages.versions import touch
from pingpong.probe.contract import GAPS

from .models import IncidentWhenDown, Monitor, MonitorState, Verdict
from .reasons import duration_words, sentence_of
from .watches import is_idle

TITLE_LENGTH = 100


def went_down(monitor_id: str, *, since: int, now: datetime) -> None:
    """Set the component's status and open an incident, as far as the monitor says so."""
    monitor = _find(monitor_id)
    if monitor is None or is_idle(monitor) or monitor.verdict.state != MonitorState.DOWN:
        return  # it is up again already, and the recovery's event follows; or nobody looks
    began_at = min(_instant(since), now)
    _begin_effect(monitor, began_at, now=now)
    if monitor.incident_when_down != IncidentWhenDown.NONE:
        _open_incident(monitor, began_at, now=now)


def came_up(monitor_id: str, *, since: int, now: datetime) -> None:
    """Undo what :func:`went_down` did, as of the check that found it up again."""
    monitor = _find(monitor_id)
    if monitor is None:
        return
    ended_at = min(_instant(since), now)
    end_effects(monitor, ended_at, by=_product(monitor), now=now)
    _resolve(monitor, ended_at, now=now)


def lost_sight(monitor_id: str, *, now: datetime) -> None:
    """Show that nobody can tell; what was said of the component stays until somebody can."""
    del now
    _find(monitor_id)


def end_effects(monitor: Monitor, ended_at: datetime, *, by: Actor, now: datetime) -> None:
    """End what a monitor does to its component, from an instant on."""
    spans = _spans(monitor)
    ended = [
        EffectSpan(one.component_id, one.status, one.starts_at, one.ends_at or ended_at)
        for one in spans
        if one.ends_at is not None or one.starts_at < ended_at
    ]
    if ended != spans:
        _replace(monitor, ended, cause=Kind.MONITOR_CAME_UP, by=by, now=now)


def maintenance_over(component_ids: list[str], *, now: datetime) -> None:
    """Open what was held back while work was going on, for monitors that are still down."""
    held_back = Monitor.objects.filter(
        component_id__in=component_ids,
        verdict__state=MonitorState.DOWN,
        verdict__incident_id="",
    ).exclude(incident_when_down=IncidentWhenDown.NONE)
    for monitor_id in list(held_back.values_list("pk", flat=True)):
        monitor = _find(monitor_id)
        if monitor is None or is_idle(monitor) or monitor.verdict.state != MonitorState.DOWN:
            continue
        _open_incident(monitor, now, now=now)


def _find(monitor_id: str) -> Monitor | None:
    """Take the page's lock, then read: what a person is just changing is known before."""
    page_id = Monitor.objects.filter(pk=monitor_id).values_list("page_id", flat=True).first()
    if page_id is None:
        return None
    touch(page_id)
    rows = Monitor.objects.filter(pk=monitor_id, verdict__isnull=False)
    return rows.select_related("verdict", "page", "component").first()


def _begin_effect(monitor: Monitor, began_at: datetime, *, now: datetime) -> None:
    component = monitor.component
    spans = _spans(monitor)
    is_going_on = any(one.ends_at is None for one in spans)
    if component is None or monitor.status_when_down is None or is_going_on:
        return
    start = max(began_at, component.created_at)
    spans.append(EffectSpan(component.pk, monitor.status_when_down, start, None))
    _replace(monitor, spans, cause=Kind.MONITOR_WENT_DOWN, by=_product(monitor), now=now)


def _open_incident(monitor: Monitor, began_at: datetime, *, now: datetime) -> None:
    component = monitor.component
    if monitor.verdict.incident_id or _is_in_maintenance(component, now):
        return
    affected: list[tuple[Component, str]] = []
    if component is not None:
        affected = [(component, monitor.status_when_down or Status.CRITICAL.value)]
    failing = monitor.watches.filter(is_active=True, is_up=False).order_by("streak_slot")
    word = failing.exclude(last_word__in=GAPS).values_list("last_word", flat=True).first()
    incident = open_incident(
        monitor.page,
        title=f"{monitor.name} is down"[:TITLE_LENGTH],
        message=as_message(sentence_of(word or "")),
        occurred_at=began_at,
        affected=affected,
        is_draft=monitor.incident_when_down == IncidentWhenDown.DRAFT,
        by=_product(monitor),
        now=now,
    )
    Verdict.objects.filter(pk=monitor.pk, incident_id="").update(incident_id=incident.pk)


def _resolve(monitor: Monitor, ended_at: datetime, *, now: datetime) -> None:
    incident_id = monitor.verdict.incident_id
    if not incident_id:
        return
    Verdict.objects.filter(pk=monitor.pk).update(incident_id="")
    incident = Incident.objects.filter(pk=incident_id, resolved_at=None).first()
    if incident is None:
        return  # people have closed or deleted it
    length = max(ended_at - incident.began_at, timedelta())
    post_update(
        incident,
        status=IncidentStatus.RESOLVED,
        message=as_message(f"It works again. It was down for {duration_words(length)}."),
        by=_product(monitor),
        now=now,
    )


def _is_in_maintenance(component: Component | None, now: datetime) -> bool:
    if component is None:
        return False
    deciding = active_by_component(component.page_id, now).get(component.pk)
    in_force = Effect.objects.filter(
        component=component, source=Source.MAINTENANCE, starts_at__lte=now, ends_at__gt=now
    )
    return deciding is not None and in_force.exists()


def _spans(monitor: Monitor) -> list[EffectSpan]:
    rows = Effect.objects.filter(source=Source.MONITOR, event_id=monitor.pk).order_by("starts_at")
    return [EffectSpan(row.component_id, row.status, row.starts_at, row.ends_at) for row in rows]


def _replace(
    monitor: Monitor, spans: list[EffectSpan], *, cause: str, by: Actor, now: datetime
) -> None:
    replace_effects(
        monitor.page_id,
        source=Source.MONITOR,
        event_id=monitor.pk,
        spans=spans,
        cause=cause,
        by=by,
        now=now,
    )


def _product(monitor: Monitor) -> Actor:
    """What the product does by itself is reported by the page's name (contract 4b)."""
    return Actor(monitor.page.name)


def _instant(second: int) -> datetime:
    return datetime.fromtimestamp(second, tz=UTC)
