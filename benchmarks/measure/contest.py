"""Two servers, the same question, in turn: how much of the other's work one does."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from .load import Target, Window, press


@dataclass(frozen=True, slots=True)
class Contest:
    """`least` is the ratio of `ours` to `theirs` that has to be reached; None only informs."""

    question: str
    ours: Target
    theirs: Target
    least: float | None
    connections: int


@dataclass(frozen=True, slots=True)
class Round:
    """Two windows next to each other in time, so that they meet the same machine."""

    ours: Window
    theirs: Window

    @property
    def ratio(self) -> float:
        return self.ours.per_cpu_s / self.theirs.per_cpu_s

    @property
    def taken_by_others(self) -> float:
        return max(self.ours.taken_by_others, self.theirs.taken_by_others)


@dataclass(frozen=True, slots=True)
class Outcome:
    contest: Contest
    rounds: list[Round]

    @property
    def quiet_rounds(self) -> list[Round]:
        """The half in which other processes took the least of the servers' core."""
        by_noise = sorted(self.rounds, key=lambda one: one.taken_by_others)
        return by_noise[: (len(by_noise) + 1) // 2]

    @property
    def ratio(self) -> float:
        return median(one.ratio for one in self.quiet_rounds)

    @property
    def taken_by_others(self) -> float:
        return max(one.taken_by_others for one in self.quiet_rounds)

    @property
    def holds(self) -> bool:
        return self.contest.least is None or self.ratio >= self.contest.least


def hold(
    contest: Contest,
    *,
    rounds: int,
    seconds: float,
    before_each: Callable[[], None] = lambda: None,
) -> Outcome:
    """Warm both up, then measure them in turn; `before_each` runs outside of the windows."""

    def press_one(target: Target, seconds: float) -> Window:
        before_each()
        return press(target, connections=contest.connections, seconds=seconds)

    for target in (contest.ours, contest.theirs):
        press_one(target, 1)
    found = [
        Round(press_one(contest.ours, seconds), press_one(contest.theirs, seconds))
        for _ in range(rounds)
    ]
    return Outcome(contest, found)
