"""Judging monitors: from what their watches have seen to verdicts, and to what has changed."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from .models import MonitorState
from .quorum import Rules, decide
from .standing import Past, Standing, follow
from .verdict_rows import (
    Subject,
    overdue,
    read_standings,
    read_subjects,
    write_spans,
    write_standings,
)
from .verdicts import FRESH_INTERVALS
from .watch_rows import WatchRow
from .writing import alone

# How long a state is believed after the newest slot.
COVERED_INTERVALS = 1.5
BATCH = 500

_NOBODY = Subject(0, Rules(confirmations=1, fresh_s=0, known_s=0))


@dataclass(frozen=True, slots=True)
class Turn:
    """A verdict that has changed; the new state holds from `since_slot` on."""

    monitor_id: str
    before: str
    after: str
    since_slot: int


def judge(
    monitor_ids: Collection[str], *, now: datetime, sole: Mapping[str, WatchRow] | None = None
) -> list[Turn]:
    """Judge monitors by the slots of their watches, and return the verdicts that changed.

    Call it in the transaction that wrote the watches, which is alone in writing them. Late
    outcomes are judged as of their slots, not of `now`. `sole` are watches, as written, whose
    monitors have no other: most of them go on being up, and nothing has to be read of those. Four
    statements at most.
    """
    second = int(now.timestamp())
    judged = _Judged(read_standings(monitor_ids))
    known = sole or {}
    others = [one for one in monitor_ids if one not in known or not judged.goes_on(known[one])]
    for monitor_id, subject in sorted(read_subjects(others).items()):
        newest = subject.newest_slot
        judged.judge(monitor_id, subject, at=second if newest is None else newest)
    return judged.write()


def expire(now: datetime, *, tell: Callable[[list[Turn]], None], batch: int = BATCH) -> None:
    """Call unknown what nobody has looked at of late, and tell which verdicts changed.

    A state outlives what it was covered for until the votes are stale too: one lost check is no
    reason to say that nothing is known. A transaction for each batch, `tell` in it: call it
    outside of any, or the intake waits until all of them are done.
    """
    second = int(now.timestamp())
    last = ""
    while ids := overdue(second, after=last, count=batch):
        last = ids[-1]
        with transaction.atomic(), alone():
            tell(_expire(ids, second))


def _expire(monitor_ids: Collection[str], second: int) -> list[Turn]:
    subjects = read_subjects(monitor_ids)
    judged = _Judged(read_standings(monitor_ids))
    for monitor_id, standing in judged.standings.items():
        if standing.covered_until < second:
            subject = subjects.get(monitor_id) or _NOBODY
            judged.judge(monitor_id, subject, at=second, only=MonitorState.UNKNOWN)
    return judged.write()


class _Judged:
    """Judgements of many monitors, written together."""

    def __init__(self, standings: Mapping[str, Standing]) -> None:
        self.standings = standings
        self._changed: dict[str, Standing] = {}
        self._pasts: list[tuple[str, Past]] = []
        self._turns: list[Turn] = []

    def judge(self, monitor_id: str, subject: Subject, *, at: int, only: str | None = None) -> None:
        before = self.standings.get(monitor_id) or Standing()
        after, past = follow(
            before,
            partial(decide, subject.votes, at=at, rules=subject.rules),
            judged_at=at,
            cover_s=int(COVERED_INTERVALS * subject.interval_s),
            reach_s=int(FRESH_INTERVALS * subject.interval_s * subject.rules.confirmations),
        )
        if after == before or only not in {None, after.state}:
            return
        self._changed[monitor_id] = after
        if past is not None:
            self._pasts.append((monitor_id, past))
        if after.state != before.state:
            self._turns.append(Turn(monitor_id, before.state, after.state, after.since))

    def goes_on(self, row: WatchRow) -> bool:
        """Cover what was up and is up again; False where more than that has to be judged."""
        before, seen = self.standings.get(row.monitor_id), row.seen
        if before is None or before.state != MonitorState.UP or not seen.is_up:
            return False
        if seen.last_slot is None or (seen.streak_slot or 0) > before.covered_until:
            return False
        covered = max(
            before.covered_until, seen.last_slot + int(COVERED_INTERVALS * row.interval_s)
        )
        after = Standing(before.state, before.since, covered)
        if after != before:
            self._changed[row.monitor_id] = after
        return True

    def write(self) -> list[Turn]:
        write_spans(self._pasts)
        write_standings(self._changed)
        return self._turns
