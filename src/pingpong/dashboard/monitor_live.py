"""What is seen of one monitor now: its state and why, its places, and its newest checks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pingpong.monitors.agents import served_locations
from pingpong.monitors.due import LEAD_S
from pingpong.monitors.looks import NO_LOOKS, looks_at
from pingpong.monitors.models import Monitor, MonitorKind, RawOutcome, Watch
from pingpong.monitors.series import by_location
from pingpong.monitors.watches import is_idle
from pingpong.overview.monitors import one_place
from pingpong.probe.contract import GAPS, UP

from .monitor_chart import DAY_S, HOUR_S
from .monitor_phases import SHOWN, Phases, phases_of
from .monitor_standing import MonitorNow, instant_of, now_of
from .monitor_words import Standing, outcome_words, time_words

SHOWN_OUTCOMES = 25
_READ_OUTCOMES = max(SHOWN_OUTCOMES, SHOWN)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check in words."""

    at: datetime | None
    place: str
    sign: str
    words: str
    detail: str
    time: str


@dataclass(frozen=True, slots=True)
class Place:
    """One location: what it saw last, and what the last 24 hours were like from there."""

    name: str
    is_active: bool
    sign: str
    words: str
    seen_at: datetime | None
    vantage: str
    share: str
    mean: str


@dataclass(frozen=True, slots=True)
class Live:
    """`places_in_truth_one` are the locations that were asked for where one place looks."""

    now: MonitorNow
    why: Sequence[str]
    outcomes: Sequence[Outcome]
    places: Sequence[Place]
    phases: Phases | None
    places_in_truth_one: Sequence[str]
    is_under_way: bool
    has_probe: bool
    due_at: datetime | None


def has_probe(monitor: Monitor, *, now: datetime) -> bool:
    """Tell whether somebody looks, where somebody should. One query."""
    if monitor.kind == MonitorKind.HEARTBEAT or is_idle(monitor):
        return True
    return not served_locations(now).isdisjoint(monitor.locations)


def live_of(monitor: Monitor, *, only_failed: bool, now: datetime) -> Live:
    """Read what is seen of a row of `monitors.queries.full`. Six queries at most."""
    looks = looks_at([monitor.pk]).get(monitor.pk, NO_LOOKS)
    watches = list(Watch.objects.filter(monitor=monitor).order_by("-is_active", "pk"))
    rows = RawOutcome.objects.filter(watch__in=[one.pk for one in watches])
    newest = list(rows.order_by("-slot", "-pk")[:_READ_OUTCOMES])
    shown = newest[:SHOWN_OUTCOMES]
    if only_failed:
        shown = list(rows.exclude(word=UP).order_by("-slot", "-pk")[:SHOWN_OUTCOMES])
    places = {one.pk: one.location for one in watches}
    is_heartbeat = monitor.kind == MonitorKind.HEARTBEAT
    is_looked_at = has_probe(monitor, now=now)
    current = now_of(monitor, looks)
    return Live(
        now=current,
        why=_why(current, watches, newest),
        outcomes=[_outcome(one, "" if is_heartbeat else places[one.watch_id]) for one in shown],
        places=() if is_heartbeat else _places(monitor, watches, now=now),
        phases=phases_of(newest),
        places_in_truth_one=() if is_heartbeat else one_place(monitor, looks.vantages),
        is_under_way=is_looked_at and not is_heartbeat and _is_under_way(watches, now),
        has_probe=is_looked_at,
        due_at=instant_of(looks.next_slot),
    )


def _is_under_way(watches: Iterable[Watch], now: datetime) -> bool:
    second = int(now.timestamp())
    return any(
        (one.claimed_until is not None and one.claimed_until > second)
        or (one.next_slot is not None and one.next_slot <= second + LEAD_S)
        for one in watches
        if one.is_active
    )


def _why(now: MonitorNow, watches: Iterable[Watch], newest: Iterable[RawOutcome]) -> list[str]:
    """Return a sentence for each reason why it is down, or why nothing is known."""
    if now.standing not in (Standing.DOWN, Standing.UNKNOWN):
        return []
    words = [one.last_word for one in watches if one.is_active and one.last_word]
    failing = [word for word in dict.fromkeys(words) if word != UP]
    details = {one.word: one.detail for one in reversed(list(newest)) if one.detail}
    return [
        f"{outcome_words(word)} ({details[word]})" if word in details else outcome_words(word)
        for word in failing
    ]


def _outcome(one: RawOutcome, place: str) -> Outcome:
    return Outcome(
        at=instant_of(one.slot),
        place=place,
        sign=_sign(one.word),
        words=outcome_words(one.word),
        detail=one.detail,
        time=time_words(one.total_us / 1000) if one.total_us else "",
    )


def _sign(word: str) -> str:
    if word == UP:
        return "ok"
    return "none" if word in GAPS or not word else "down"


def _places(monitor: Monitor, watches: Iterable[Watch], *, now: datetime) -> list[Place]:
    end = int(now.timestamp())
    found = by_location(monitor.pk, start=end - DAY_S, end=end + 1, step=HOUR_S)
    places = []
    for one in watches:
        points = found.get(one.location, [])
        if not one.is_active and not points:
            continue
        checks, ok = sum(point.n for point in points), sum(point.ok for point in points)
        sum_us = sum((point.mean_us or 0) * point.ok for point in points)
        places.append(
            Place(
                name=one.location,
                is_active=one.is_active,
                sign=_sign(one.last_word),
                words=outcome_words(one.last_word) if one.last_word else "",
                seen_at=instant_of(one.last_slot) if one.last_word else None,
                vantage=one.vantage,
                share=f"{ok * 10_000 // checks / 100:.2f}%" if checks else "",
                mean=time_words(sum_us / ok / 1000) if ok else "",
            )
        )
    return places
