"""The table that a benchmark prints, and its verdict."""

from collections.abc import Sequence
from statistics import median

from rich.console import Console
from rich.table import Table

from .contest import Outcome

# More than this taken by others, and caches and switches cost the servers unlike amounts.
NOISE = 0.1

console = Console(width=110, highlight=False)


def print_outcomes(outcomes: Sequence[Outcome], *, title: str) -> bool:
    """Print a line per contest; return whether all limits hold."""
    table = Table(title=title, title_justify="left", caption_justify="left")
    table.caption = (
        "Requests per CPU-second of the server; median of the quieter half of the rounds."
    )
    for name in ("question", "ours", "other", "ratio", "at least", "noise", ""):
        table.add_column(name, justify="left" if name in ("question", "") else "right")
    for one in outcomes:
        least, rounds = one.contest.least, one.quiet_rounds
        table.add_row(
            one.contest.question,
            f"{median(some.ours.per_cpu_s for some in rounds):,.0f}",
            f"{median(some.theirs.per_cpu_s for some in rounds):,.0f} {one.contest.theirs.name}",
            f"{one.ratio:.2f}",
            "" if least is None else f"{least:.2f}",
            f"{one.taken_by_others:.0%}",
            "" if least is None else verdict(holds=one.holds),
        )
    console.print(table)
    busiest = max(one.taken_by_others for one in outcomes)
    if busiest > NOISE:
        console.print(
            f"[yellow]Noise: other processes had up to {busiest:.0%} of the servers' core. "
            "Measure on an idle machine.[/yellow]"
        )
    return all(one.holds for one in outcomes)


def verdict(*, holds: bool) -> str:
    return "[green]pass[/green]" if holds else "[red]FAIL[/red]"
