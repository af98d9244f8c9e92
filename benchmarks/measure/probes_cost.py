"""What a check costs from the claim to the verdict, against libcurl doing only the fetches."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from rich.table import Table

from .libcurl import Program, programs
from .probe_pair import Pair, pair
from .probe_target import Targets
from .processes import core_seconds
from .report import NOISE, console, verdict
from .servers import SERVERS_CORE

DATABASES = ("sqlite", "postgresql")
# Before a window each monitor was looked at so often.
_WARM_ROUNDS = 3
# What is under way when monitors are stopped has its outcome by then.
_SETTLED_S = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """`most`: how often libcurl's processor time for a fetch one check may take."""

    name: str
    monitors: int
    interval_s: int
    most: float

    @property
    def rate(self) -> float:
        return self.monitors / self.interval_s

    def url(self, where: Targets) -> str:
        return where.tls if self.name == "TLS" else where.plain


KINDS = (Kind("plain", 3000, 6, most=3.0), Kind("TLS", 900, 6, most=1.3))


@dataclass(frozen=True, slots=True)
class Window:
    """Microseconds of processor time for one check."""

    engine_us: float
    probe_us: float
    database_us: float
    taken_by_others: float

    @property
    def cpu_us(self) -> float:
        return self.engine_us + self.probe_us


@dataclass(frozen=True, slots=True)
class Round:
    """Our window, and libcurl's next to it; `other` is the library that only informs."""

    ours: Window
    fetch_us: float
    other_us: float
    taken_by_others: float

    @property
    def ratio(self) -> float:
        return self.ours.cpu_us / self.fetch_us


@dataclass
class Outcome:
    kind: Kind
    database: str
    rounds: list[Round] = field(default_factory=list)

    @property
    def quiet_rounds(self) -> list[Round]:
        """The half in which other processes took the least of the core."""
        by_noise = sorted(self.rounds, key=lambda one: one.taken_by_others)
        return by_noise[: (len(by_noise) + 1) // 2]

    @property
    def ratio(self) -> float:
        return median(one.ratio for one in self.quiet_rounds)

    @property
    def holds(self) -> bool:
        return self.ratio <= self.kind.most


def compare(folder: Path, where: Targets, *, rounds: int, seconds: int) -> bool:
    """Print what a check costs on both databases; return whether all limits hold."""
    with ExitStack() as stack:
        at = stack.enter_context(console.status("building"))
        yardsticks = programs(folder)
        pairs = []
        for name in DATABASES:
            at.update(f"starting engine and probe: {name}")
            one = stack.enter_context(pair(folder / name, name, where, {SERVERS_CORE}))
            pairs.append(one)
            for kind in KINDS:
                one.rows("make", kind.monitors, kind.url(where))
        contest = _Contest(where, pairs, yardsticks, seconds)
        outcomes = [Outcome(kind, one.name) for kind in KINDS for one in pairs]
        for number in range(rounds):
            for kind in KINDS:
                at.update(f"measuring: round {number + 1} of {rounds}, {kind.name}")
                found = contest.measure(kind)
                for outcome in outcomes:
                    if outcome.kind == kind:
                        outcome.rounds.append(found[outcome.database])
    return _print(outcomes, yardsticks)


@dataclass(frozen=True, slots=True)
class _Contest:
    where: Targets
    pairs: Sequence[Pair]
    yardsticks: Sequence[Program]
    seconds: int

    def measure(self, kind: Kind) -> dict[str, Round]:
        """Return a round for each database, the libraries' windows between theirs."""
        first, last = self.pairs
        windows = {first.name: self._window(first, kind)}
        own, other = (
            one.fetch(
                kind.url(self.where), self.where.authority, rate=kind.rate, seconds=self.seconds
            )
            for one in self.yardsticks
        )
        windows[last.name] = self._window(last, kind)
        return {
            name: Round(
                ours, own.cpu_us, other.cpu_us, max(ours.taken_by_others, own.taken_by_others)
            )
            for name, ours in windows.items()
        }

    def _window(self, pair: Pair, kind: Kind) -> Window:
        url, seconds = kind.url(self.where), self.seconds
        pair.rows("start", url, kind.monitors, kind.interval_s)
        time.sleep(_WARM_ROUNDS * kind.interval_s)
        begin = int(time.time()) + 1
        time.sleep(begin - time.time())
        before, core_before = pair.cpu_s(), core_seconds(SERVERS_CORE)
        time.sleep(max(0.0, begin + seconds - time.time()))
        after, core_after = pair.cpu_s(), core_seconds(SERVERS_CORE)
        pair.rows("stop")
        time.sleep(_SETTLED_S)
        words = pair.rows("tell", url, begin, begin + seconds)["words"]
        expected = round(kind.rate * seconds)
        if set(words) != {"up"} or abs(words["up"] - expected) > kind.rate:
            raise SystemExit(
                f"{pair.name}, {kind.name}: {expected} checks, all up, became {words}."
            )
        engine_s, probe_s, database_s = (new - old for new, old in zip(after, before, strict=True))
        foreign_s = core_after - core_before - engine_s - probe_s
        per_check = 1e6 / words["up"]
        return Window(
            engine_s * per_check,
            probe_s * per_check,
            database_s * per_check,
            max(0.0, foreign_s) / seconds,
        )


def _print(outcomes: Sequence[Outcome], yardsticks: Sequence[Program]) -> bool:
    table = Table(
        title="Microseconds of processor time for a check, from the claim to the verdict",
        title_justify="left",
        caption_justify="left",
    )
    table.caption = "Median of the quieter half of the rounds. Ratio: engine and probe to libcurl."
    for name in ("check", "database"):
        table.add_column(name)
    for name in ("engine", "probe", "sum", yardsticks[0].name, "ratio", "at most", "noise"):
        table.add_column(name, justify="right")
    table.add_column("")
    for name in ("PostgreSQL", yardsticks[1].name):
        table.add_column(name, justify="right")
    for one in outcomes:
        rounds = one.quiet_rounds
        busiest = max(some.taken_by_others for some in rounds)
        database = median(some.ours.database_us for some in rounds)
        table.add_row(
            one.kind.name,
            one.database,
            f"{median(some.ours.engine_us for some in rounds):,.0f}",
            f"{median(some.ours.probe_us for some in rounds):,.0f}",
            f"{median(some.ours.cpu_us for some in rounds):,.0f}",
            f"{median(some.fetch_us for some in rounds):,.0f}",
            f"{one.ratio:.2f}",
            f"{one.kind.most:.2f}",
            f"{busiest:.0%}",
            verdict(holds=one.holds),
            f"{database:,.0f}" if database else "",
            f"{median(some.other_us for some in rounds):,.0f}",
        )
    console.print(table)
    noise = max(some.taken_by_others for one in outcomes for some in one.quiet_rounds)
    if noise > NOISE:
        console.print(
            f"[yellow]Noise: other processes had up to {noise:.0%} of the core. "
            "Measure on an idle machine.[/yellow]"
        )
    return all(one.holds for one in outcomes)
