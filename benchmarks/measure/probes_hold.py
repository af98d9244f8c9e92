"""Ten thousand one-minute monitors on one machine: begun in time, and measured rightly."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from .probe_pair import Pair, pair
from .probe_target import Targets
from .report import console, verdict

CORES = {0, 1}
PLAIN, TLS = 9_000, 1_000
INTERVAL_S = 60
CALM = 10
CALM_INTERVAL_S = 5
MOST_DELAY_MS = 1_000
MOST_LONGER = 0.10
MOST_LONGER_US = 5_000
_CALM_FOR_S = 60
_SETTLED_S = 4
# A slot at an edge may fall to either side.
_MOST_ODD = 0.05


@dataclass(frozen=True, slots=True)
class Seen:
    """What was measured of one kind of check; `cores` is the time of all our processes."""

    checks: int
    delay_ms: float
    median_us: float
    p95_us: float
    cores: float


def hold(folder: Path, where: Targets, seconds: int) -> bool:
    """Print how a calm probe and a busy one measure; return whether all limits hold."""
    with (
        console.status("starting engine and probe") as at,
        pair(folder / "sqlite", "sqlite", where, CORES) as one,
    ):
        for url, count in ((where.plain, PLAIN), (where.tls, TLS)):
            one.rows("make", count, url)
        at.update("measuring: calm")
        calm = _measure(one, where, (CALM, CALM), CALM_INTERVAL_S, min(seconds, _CALM_FOR_S))
        at.update(f"holding {PLAIN + TLS:,} monitors for {seconds} s")
        busy = _measure(one, where, (PLAIN, TLS), INTERVAL_S, seconds)
    return _print(calm, busy, seconds)


def _measure(
    pair: Pair, where: Targets, counts: tuple[int, int], interval_s: int, seconds: int
) -> tuple[Seen, Seen]:
    """Return what was seen of plain checks and of those with TLS."""
    urls = (where.plain, where.tls)
    for url, count in zip(urls, counts, strict=True):
        pair.rows("start", url, count, interval_s)
    time.sleep(interval_s + _SETTLED_S)  # each was looked at
    begin = int(time.time()) + 1
    time.sleep(begin - time.time())
    before = pair.cpu_s()
    time.sleep(max(0.0, begin + seconds - time.time()))
    after = pair.cpu_s()
    pair.rows("stop")
    time.sleep(_SETTLED_S)
    cores = (sum(after) - sum(before)) / seconds
    found = []
    for url, count in zip(urls, counts, strict=True):
        told = pair.rows("tell", url, begin, begin + seconds)
        words, expected = told["words"], count * seconds / interval_s
        if set(words) != {"up"} or abs(words["up"] - expected) > _MOST_ODD * expected:
            raise SystemExit(f"{url}: {expected:,.0f} checks, all up, became {words}.")
        found.append(Seen(words["up"], told["delay_ms"], told["median_us"], told["p95_us"], cores))
    plain, tls = found
    return plain, tls


def _print(calm: Sequence[Seen], busy: Sequence[Seen], seconds: int) -> bool:
    table = Table(
        title=f"{PLAIN + TLS:,} one-minute monitors, a tenth of them TLS, for {seconds} s",
        title_justify="left",
        caption_justify="left",
    )
    table.caption = (
        f"Calm: {2 * CALM} monitors, the same processes. "
        f"Engine and probe took {busy[0].cores:.2f} of {len(CORES)} cores."
    )
    table.add_column("")
    for name in ("checks", "calm", "busy", "at most"):
        table.add_column(name, justify="right")
    table.add_column("")
    holds = True
    for kind, before, after in zip(("plain", "TLS"), calm, busy, strict=True):
        lines = [
            (f"{kind}: median start delay, ms", before.delay_ms, after.delay_ms, MOST_DELAY_MS),
            _latency(f"{kind}: median response, ms", before.median_us, after.median_us),
            _latency(f"{kind}: p95 response, ms", before.p95_us, after.p95_us),
        ]
        for name, calmly, busily, most in lines:
            is_held = busily < most
            holds = holds and is_held
            figures = (f"{after.checks:,}", f"{calmly:,.2f}", f"{busily:,.2f}", f"{most:,.2f}")
            table.add_row(name, *figures, verdict(holds=is_held))
    console.print(table)
    return holds


def _latency(name: str, calm_us: float, busy_us: float) -> tuple[str, float, float, float]:
    most_us = max(calm_us * (1 + MOST_LONGER), calm_us + MOST_LONGER_US)
    return name, calm_us / 1000, busy_us / 1000, most_us / 1000
