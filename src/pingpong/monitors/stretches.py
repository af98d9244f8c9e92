"""What monitors were since when, in whole seconds: verdicts, with maintenance laid over them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from pingpong.components.models import Effect
from pingpong.components.status import Source, Status

from .asking import among
from .models import MonitorState

_WORDS = {
    MonitorState.UP.value: Status.OPERATIONAL.value,
    MonitorState.DOWN.value: Status.CRITICAL.value,
}
_SPANS = (
    'SELECT monitor_id, state, start, "end" FROM monitors_verdictspan '
    'WHERE monitor_id {chosen} AND "end" > %s ORDER BY monitor_id, start'
)
_VERDICTS = (
    "SELECT verdict.monitor_id, verdict.state, verdict.since, verdict.covered_until, "
    "monitor.component_id FROM monitors_verdict verdict "
    "JOIN monitors_monitor monitor ON monitor.id = verdict.monitor_id "
    "WHERE verdict.monitor_id {chosen}"
)

Stretch = tuple[str, int, int]
"""One status of components, from when until when, both in seconds since 1970."""
Stretches = dict[str, list[Stretch]]
Window = tuple[int, int]


class Standing(NamedTuple):
    """A verdict, and the component whose maintenance is the monitor's too."""

    state: str
    since: int
    covered_until: int
    component_id: str | None

    @property
    def is_unknown(self) -> bool:
        return self.state not in _WORDS

    def stretch(self, start: int, now: int) -> list[Stretch]:
        """Return what has held until now, if that is known and reaches beyond `start`."""
        end = min(self.covered_until, now)
        if self.is_unknown or max(self.since, start) >= end:
            return []
        return [(_WORDS[self.state], self.since, end)]


def stretches_since(monitor_ids: Collection[str], start: int, *, now: int) -> Stretches:
    """Return what is known from `start` until now, by monitor, in order.

    What is not known is missing: a hole between two stretches, or a monitor that was never judged.
    The first one may begin before `start`. Three queries at most.
    """
    verdicts = standing(monitor_ids)
    windows = maintenance(verdicts.values(), start, now)
    return put_together(verdicts, finished(verdicts, start), windows, (start, now))


def put_together(
    verdicts: Mapping[str, Standing],
    past: Mapping[str, Sequence[Stretch]],
    windows: Mapping[str, Sequence[Window]],
    limits: Window,
) -> Stretches:
    """Return the whole of each monitor: its past, what holds now, and maintenance over both."""
    found: Stretches = {}
    for monitor_id, verdict in verdicts.items():
        known = [*past.get(monitor_id, ()), *verdict.stretch(*limits)]
        if monitor_id in windows:
            known = lay_over(known, windows[monitor_id])
        if known:
            found[monitor_id] = known
    return found


def standing(monitor_ids: Collection[str]) -> dict[str, Standing]:
    """Return the verdicts of the monitors that were ever judged. One query."""
    if not monitor_ids:
        return {}
    chosen, values = among(monitor_ids)
    with connection.cursor() as cursor:
        cursor.execute(_VERDICTS.format(chosen=chosen), values)
        return {monitor_id: Standing(*columns) for monitor_id, *columns in cursor.fetchall()}


def finished(monitor_ids: Collection[str], start: int) -> Stretches:
    """Return what is over and reaches beyond `start`, by monitor, in order. One query."""
    if not monitor_ids:
        return {}
    chosen, values = among(monitor_ids)
    found: Stretches = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SPANS.format(chosen=chosen), [*values, start])
        for monitor_id, state, low, high in cursor.fetchall():
            found[monitor_id].append((_WORDS[state], low, high))
    return found


def maintenance(verdicts: Collection[Standing], start: int, now: int) -> dict[str, list[Window]]:
    """Return the maintenance of each monitor's component since `start`, until now, in order.

    None of it is before the monitor was made. One query at most.
    """
    known = {one.component_id for one in verdicts if one.component_id is not None}
    if not known:
        return {}
    begin, end = (datetime.fromtimestamp(one, tz=UTC) for one in (start, now))
    rows = Effect.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=begin),
        component_id__in=known,
        source=Source.MAINTENANCE,
        starts_at__lt=end,
    ).values_list(
        "component__monitors__pk", "component__monitors__created_at", "starts_at", "ends_at"
    )
    windows: dict[str, list[Window]] = defaultdict(list)
    for monitor_id, created_at, starts_at, ends_at in rows:
        low, high = max(starts_at, created_at, begin), min(ends_at or end, end)
        if low < high:
            windows[monitor_id].append((int(low.timestamp()), int(high.timestamp())))
    return {monitor_id: sorted(some) for monitor_id, some in windows.items()}


def lay_over(stretches: Sequence[Stretch], windows: Sequence[Window]) -> list[Stretch]:
    """Return the stretches with maintenance in place of whatever the windows cover.

    Windows may overlap and may be in any order.
    """
    merged: list[Stretch] = []
    for low, high in sorted(window for window in windows if window[0] < window[1]):
        stretches = [
            (status, begin, finish)
            for status, start, end in stretches
            for begin, finish in ((start, min(end, low)), (max(start, high), end))
            if begin < finish
        ]
        if merged and low <= merged[-1][2]:
            merged[-1] = (Status.MAINTENANCE.value, merged[-1][1], max(high, merged[-1][2]))
        else:
            merged.append((Status.MAINTENANCE.value, low, high))
    return sorted([*stretches, *merged], key=lambda one: one[1])
