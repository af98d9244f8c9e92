"""The past, acted out in order: verbs write a ledger that only grows at its end."""

from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter
from typing import Any, Protocol

from pingpong.maintenance.clock import turn_clock

from .gauges import GAUGES
from .incidents_older import OLDER
from .incidents_recent import RECENT
from .parts import FOUNDED_DAYS_AGO, GROUPS, PARTS
from .stage import Stage
from .watches import MEASURED_DAYS, WATCHES
from .windows import WINDOWS


class Deed(Protocol):
    def __call__(self, *, at: datetime) -> Any: ...


class Replay:
    """Deeds with their times; those of one time keep the order in which they were noted."""

    def __init__(self) -> None:
        self._deeds: list[tuple[datetime, Deed]] = []

    def note(self, at: datetime, deed: Deed) -> None:
        self._deeds.append((at, deed))

    def run(self) -> int:
        """Do everything, oldest first; return how many deeds there were."""
        for at, deed in sorted(self._deeds, key=itemgetter(0)):
            deed(at=at)
        return len(self._deeds)


def plan(stage: Stage) -> Replay:
    """Note all that the tables tell."""
    replay = Replay()
    for note in (_note_parts, _note_measuring, _note_windows, _note_incidents):
        note(replay, stage)
    return replay


def _note_parts(replay: Replay, stage: Stage) -> None:
    founded = stage.now - timedelta(days=FOUNDED_DAYS_AGO)
    for name, description in GROUPS:
        replay.note(founded, partial(stage.add_group, name, description))
    for part in PARTS:
        born = stage.now - timedelta(days=part.born_days_ago)
        replay.note(born, partial(stage.add_part, part))


def _note_measuring(replay: Replay, stage: Stage) -> None:
    since = stage.now - timedelta(days=MEASURED_DAYS)
    for watch in WATCHES:
        replay.note(since, partial(stage.add_watch, watch))
        if watch.paused_days_ago is not None:
            paused = stage.now - timedelta(days=watch.paused_days_ago)
            replay.note(paused, partial(stage.pause_watch, watch))
    for gauge in GAUGES:
        replay.note(since, partial(stage.add_gauge, gauge))


def _note_windows(replay: Replay, stage: Stage) -> None:
    for window in WINDOWS:
        begins = window.begins.seen_from(stage.now)
        replay.note(begins - timedelta(days=window.announced), partial(stage.announce, window))
        for edge in (begins, begins + timedelta(minutes=window.minutes)):
            if edge <= stage.now:
                replay.note(edge, _turn_clock)


def _turn_clock(*, at: datetime) -> None:
    turn_clock(at)


def _note_incidents(replay: Replay, stage: Stage) -> None:
    for story in (*OLDER, *RECENT):
        began = story.began.seen_from(stage.now)
        replay.note(began + timedelta(minutes=story.noticed), partial(stage.open, story))
        for told in story.updates:
            at = began + timedelta(minutes=told.after)
            replay.note(at, partial(stage.go_on, story, told))
