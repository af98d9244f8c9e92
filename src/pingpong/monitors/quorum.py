"""What several vantage points say together: a pure function of what each has seen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from .models import MonitorState
from .verdicts import Seen, is_down

# From three on, one in three may go on failing when a monitor counts as up again.
CLEAR_SHARE = 3


@dataclass(frozen=True, slots=True)
class Vote:
    """What one watch has seen, and from which machine."""

    vantage: str
    seen: Seen


@dataclass(frozen=True, slots=True)
class Rules:
    """How votes are counted: what confirms a word, how long it counts, how long it is missed.

    A watch has a vote for `fresh_s` after its last slot. A vantage that has been silent for more
    than `known_s` is gone, and nobody waits for it any longer.
    """

    confirmations: int
    fresh_s: float
    known_s: float


@dataclass(frozen=True, slots=True)
class Decision:
    """A state, the slot from which it is known to hold, and the newest slot that was heard.

    Of an unknown state, `since` is the slot from which the state before was in doubt, or None.
    `clear_rounds` is how many checks in a row have been good enough to end a down.
    """

    state: str
    since: int | None = None
    newest: int | None = None
    clear_rounds: int = 0


def decide(votes: Collection[Vote], before: str, *, at: float, rules: Rules) -> Decision:
    """Return what the votes make of a monitor that was `before`, judged at the second `at`.

    The watches of one vantage point are one vote, the worst of them. Only what is fresh counts.
    Nothing fresh is unknown, and so is a single fresh vantage where two or more are known: one
    machine may have lost its network. How many of the others are silent does not matter.

    Known is who gave an outcome, a gap is none, within `rules.known_s`. When all others are gone
    the one that is left is believed, from when the last of them was: the time before stays a gap.

    A monitor goes down when more than half of the fresh vantages have failed as often in a row as
    confirms it. It is up again when at most a third fails (none, of fewer than three) and the rest
    has been up as often in a row; until then a single failure is a failure. Both are told from the
    slot at which the last vantage that was needed changed its mind.
    """
    heard = [vote for vote in votes if vote.seen.last_slot is not None]
    known = _since(heard, at - rules.known_s)
    fresh = _by_vantage(_since(known, at - rules.fresh_s), rules.confirmations)
    names = {vote.vantage for vote in known}
    if not fresh or len(fresh) < min(2, len(names)):
        return _lost(_by_vantage(known or heard, rules.confirmations))
    decision = _count(fresh, before, rules.confirmations)
    gone = [vote.seen for vote in heard if vote.vantage not in names]
    if gone and len(fresh) == 1:
        return _not_before(decision, int(_newest(gone) + rules.known_s))
    return decision


def _since(votes: Iterable[Vote], oldest: float) -> list[Vote]:
    return [vote for vote in votes if (vote.seen.last_slot or 0) >= oldest]


def _count(fresh: list[Seen], before: str, confirmations: int) -> Decision:
    needed = _majority(len(fresh))
    down = [seen for seen in fresh if is_down(seen, confirmations)]
    failing = [seen for seen in fresh if not seen.is_up]
    if len(down) >= needed:
        return Decision(MonitorState.DOWN, _nth_start(down, needed), _newest(fresh))
    if before == MonitorState.DOWN:
        return _recovery(fresh, confirmations)
    if before == MonitorState.UNKNOWN and len(failing) >= needed:
        return Decision(MonitorState.UNKNOWN)
    return Decision(MonitorState.UP, _nth_start(fresh, 2), _newest(fresh))


def _not_before(decision: Decision, slot: int) -> Decision:
    if decision.since is None or decision.newest is None:
        return decision
    return replace(decision, since=min(max(decision.since, slot), decision.newest))


def _by_vantage(votes: Iterable[Vote], confirmations: int) -> list[Seen]:
    worst: dict[str, Seen] = {}
    for vote in votes:
        other = worst.get(vote.vantage)
        if other is None or _badness(vote.seen, confirmations) > _badness(other, confirmations):
            worst[vote.vantage] = vote.seen
    return list(worst.values())


def _badness(seen: Seen, confirmations: int) -> tuple[bool, bool, int, int]:
    good = seen.streak if seen.is_up else -seen.streak
    return is_down(seen, confirmations), not seen.is_up, -good, seen.streak_slot or 0


def _lost(last: list[Seen]) -> Decision:
    """Nobody looks any more: what was about to be a down was no longer an up either."""
    failing = [seen for seen in last if not seen.is_up]
    needed = _majority(len(last))
    since = _nth_start(failing, needed) if last and len(failing) >= needed else None
    return Decision(MonitorState.UNKNOWN, since)


def _recovery(fresh: list[Seen], confirmations: int) -> Decision:
    up = [seen for seen in fresh if seen.is_up]
    count = len(fresh)
    needed = count - (count // CLEAR_SHARE if count >= CLEAR_SHARE else 0)
    rounds = sorted((seen.streak for seen in up), reverse=True)[needed - 1 : needed]
    clear_rounds = rounds[0] if rounds else 0
    if clear_rounds >= max(1, confirmations):
        return Decision(MonitorState.UP, _nth_start(up, needed), _newest(fresh))
    return Decision(MonitorState.DOWN, _nth_start(fresh, 2), _newest(fresh), clear_rounds)


def _majority(count: int) -> int:
    return count // 2 + 1


def _nth_start(some: list[Seen], count: int) -> int:
    """Return when that many (or all, if they are fewer) had begun to say what they say."""
    starts = sorted(seen.streak_slot or 0 for seen in some)
    return starts[min(count, len(starts)) - 1]


def _newest(some: list[Seen]) -> int:
    return max(seen.last_slot or 0 for seen in some)
