"""How a verdict's row follows the decisions: what goes on, what is over, what is a gap."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from .models import MonitorState
from .quorum import Decision


@dataclass(frozen=True, slots=True)
class Standing:
    """The columns of a Verdict that are judged. `covered_until` never goes back.

    While nothing is known, `covered_until` is where the last span ended, 0 if there was none.
    """

    state: str = MonitorState.UNKNOWN
    since: int = 0
    covered_until: int = 0
    clear_rounds: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """A state that is over, from slot to slot."""

    state: str
    start: int
    end: int


def follow(
    before: Standing,
    decide: Callable[[str], Decision],
    *,
    judged_at: int,
    cover_s: int,
    reach_s: int,
) -> tuple[Standing, Past | None]:
    """Return what stands now, and the span that is over with it, if one is.

    `decide` tells what becomes of a state. A state goes on when what speaks for it reaches back to
    where it was covered; what is not covered is a gap, after which all is judged anew. A change
    cuts what was, back to its own beginning: failures that were not confirmed yet had left it
    standing.

    `cover_s` is how long a state is believed after the newest slot. `reach_s` is how long before
    it a confirmation can have begun: what has long been failing where it was outvoted does not
    become a down in hindsight.
    """
    decision = decide(before.state)
    if decision.newest is None or decision.since is None:
        return _lose(before, judged_at, decision.since)
    state, since = decision.state, decision.since
    covered = max(before.covered_until, decision.newest + cover_s)
    if before.state == MonitorState.UNKNOWN:
        return Standing(state, max(since, before.covered_until), covered), None
    if before.state != state:
        since = max(since, before.since, min(before.covered_until, decision.newest) - reach_s)
        return Standing(state, since, covered), _over(before, min(since, before.covered_until))
    if since <= before.covered_until:
        rounds = decision.clear_rounds
        return replace(before, covered_until=covered, clear_rounds=rounds), None
    lost, past = _lose(before, judged_at)
    after, _ = follow(lost, decide, judged_at=judged_at, cover_s=cover_s, reach_s=reach_s)
    return after, past


def _lose(
    before: Standing, at: int, doubted_since: int | None = None
) -> tuple[Standing, Past | None]:
    if before.state == MonitorState.UNKNOWN:
        return (before if before.since else replace(before, since=at)), None
    end = min(before.covered_until, at)
    if before.state == MonitorState.UP and doubted_since is not None:
        end = min(end, doubted_since)
    end = max(end, before.since)
    return Standing(MonitorState.UNKNOWN, end, end), _over(before, end)


def _over(before: Standing, end: int) -> Past | None:
    return Past(before.state, before.since, end) if end > before.since else None
