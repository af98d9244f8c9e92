"""How monitors are now, and since when: one reading of the rows for all screens."""

from dataclasses import dataclass
from datetime import UTC, datetime

from pingpong.monitors.looks import NO_LOOKS, Looks
from pingpong.monitors.models import Monitor, MonitorKind, MonitorState, Verdict
from pingpong.monitors.stored_options import readable_options
from pingpong.monitors.watches import is_without_aim

from .monitor_words import STANDING_SIGNS, STANDING_WORDS, Standing

_STANDINGS = {MonitorState.UP: Standing.UP, MonitorState.DOWN: Standing.DOWN}


@dataclass(frozen=True, slots=True)
class MonitorNow:
    """What the lists show of one monitor. `response_ms` is of its newest check, if that was up."""

    monitor: Monitor
    standing: Standing
    since: datetime | None
    checked_at: datetime | None
    response_ms: float | None

    @property
    def word(self) -> object:
        return STANDING_WORDS[self.standing]

    @property
    def sign(self) -> str:
        return STANDING_SIGNS[self.standing]


def now_of(monitor: Monitor, looks: Looks = NO_LOOKS) -> MonitorNow:
    """Put together what a row of `monitors.queries.full` and its looks say. No query."""
    is_heartbeat = monitor.kind == MonitorKind.HEARTBEAT
    standing, since = _standing(monitor, looks)
    has_time = looks.total_us is not None and not is_heartbeat
    return MonitorNow(
        monitor=monitor,
        standing=standing,
        since=since,
        # A heartbeat that is late was not checked.
        checked_at=instant_of(looks.slot) if looks.is_up or not is_heartbeat else None,
        response_ms=looks.total_us / 1000 if has_time and looks.total_us is not None else None,
    )


def instant_of(second: int | None) -> datetime | None:
    """Return a slot as an instant."""
    return None if second is None else datetime.fromtimestamp(second, tz=UTC)


def _standing(monitor: Monitor, looks: Looks) -> tuple[Standing, datetime | None]:
    if monitor.paused_at is not None:
        return Standing.PAUSED, monitor.paused_at
    if is_without_aim(monitor.kind, monitor.url):
        return Standing.IDLE, None
    try:
        verdict = monitor.verdict
    except Verdict.DoesNotExist:
        return Standing.UNKNOWN, None
    found = _STANDINGS.get(MonitorState(verdict.state), Standing.UNKNOWN)
    since = instant_of(verdict.since or None)
    if found is Standing.UP and _is_slow(monitor, looks):
        return Standing.DEGRADED, since
    return found, since


def _is_slow(monitor: Monitor, looks: Looks) -> bool:
    limit_ms = readable_options(monitor.options).degraded_after_ms
    return 0 < limit_ms * 1000 < (looks.total_us or 0)
