"""What monitors were since when, in whole seconds: verdicts, with maintenance laid over them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from pingpong.components.models import Effect
from pingpong.components.status import Source, Status

from .asking import among
from .models import MonitorState, Verdict

_WORDS = {
    MonitorState.UP.value: Status.OPERATIONAL.value,
    MonitorState.DOWN.value: Status.CRITICAL.value,
}
_SPANS = (
    'SELECT monitor_id, state, start, "end" FROM monitors_verdictspan '
    'WHERE monitor_id {chosen} AND "end" > %s ORDER BY monitor_id, start'
)


class Stretch(NamedTuple):
    """One status of components, from `start` until `end`, both in seconds since 1970."""

    status: str
    start: int
    end: int


Stretches = dict[str, list[Stretch]]
Window = tuple[int, int]


class _Now(NamedTuple):
    """A verdict, and what of its monitor decides about maintenance."""

    state: str
    since: int
    covered_until: int
    component_id: str | None
    created_at: datetime


def stretches_since(monitor_ids: Collection[str], start: int, *, now: int) -> Stretches:
    """Return what is known from `start` until now, by monitor, in order.

    What is not known is missing: a hole between two stretches, or a monitor that was never judged.
    The first one may begin before `start`. Three queries at most.
    """
    verdicts = _verdicts(monitor_ids)
    if not verdicts:
        return {}
    found = _finished(verdicts, start)
    for monitor_id, verdict in verdicts.items():
        end = min(verdict.covered_until, now)
        if verdict.state in _WORDS and max(verdict.since, start) < end:
            found[monitor_id].append(Stretch(_WORDS[verdict.state], verdict.since, end))
    windows = _maintenance({one.component_id for one in verdicts.values()}, start, now)
    for monitor_id, verdict in verdicts.items():
        if verdict.component_id in windows:
            born = max(start, int(verdict.created_at.timestamp()))
            found[monitor_id] = lay_over(
                found[monitor_id],
                [(max(low, born), high) for low, high in windows[verdict.component_id]],
            )
    return dict(found)


def lay_over(stretches: list[Stretch], windows: list[Window]) -> list[Stretch]:
    """Return the stretches with maintenance in place of whatever the windows cover.

    Windows may overlap and may be in any order; what is in order stays so.
    """
    for low, high in windows:
        if low < high:
            stretches = [
                part
                for status, start, end in stretches
                for part in (
                    Stretch(status, start, min(end, low)),
                    Stretch(status, max(start, high), end),
                )
                if part.start < part.end
            ]
    merged: list[Stretch] = []
    for low, high in sorted(window for window in windows if window[0] < window[1]):
        if merged and low <= merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(high, merged[-1].end))
        else:
            merged.append(Stretch(Status.MAINTENANCE.value, low, high))
    return sorted([*stretches, *merged], key=lambda one: one.start)


def _verdicts(monitor_ids: Collection[str]) -> dict[str, _Now]:
    rows: Iterable[tuple[Any, ...]] = Verdict.objects.filter(pk__in=monitor_ids).values_list(
        "monitor_id",
        "state",
        "since",
        "covered_until",
        "monitor__component_id",
        "monitor__created_at",
    )
    return {monitor_id: _Now(*columns) for monitor_id, *columns in rows}


def _finished(monitor_ids: Mapping[str, _Now], start: int) -> defaultdict[str, list[Stretch]]:
    chosen, values = among(monitor_ids)
    found: defaultdict[str, list[Stretch]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SPANS.format(chosen=chosen), [*values, start])
        for monitor_id, state, low, high in cursor.fetchall():
            found[monitor_id].append(Stretch(_WORDS[state], low, high))
    return found


def _maintenance(
    component_ids: Collection[str | None], start: int, now: int
) -> dict[str | None, list[Window]]:
    known = {one for one in component_ids if one is not None}
    if not known:
        return {}
    begin, end = (datetime.fromtimestamp(one, tz=UTC) for one in (start, now))
    rows = Effect.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=begin),
        component_id__in=known,
        source=Source.MAINTENANCE,
        starts_at__lt=end,
    )
    windows: dict[str | None, list[Window]] = defaultdict(list)
    for component_id, low, high in rows.values_list("component_id", "starts_at", "ends_at"):
        last = now if high is None else min(now, int(high.timestamp()))
        windows[component_id].append((int(low.timestamp()), last))
    return windows
