"""Checks of the probe: what one costs, and how many one machine holds."""

from typing import Annotated

import typer

from .probe_target import targets
from .probes_cost import compare
from .probes_hold import CORES, hold
from .servers import CLIENT_CORE
from .workplace import workplace

_WINDOW_S = 20
_HELD_S = 300


def main(
    *,
    is_held: Annotated[
        bool, typer.Option("--hold", help="Hold 10,000 one-minute monitors instead.")
    ] = False,
    rounds: Annotated[int, typer.Option(help="Windows for each kind and database.")] = 3,
    seconds: Annotated[
        int | None,
        typer.Option(help=f"Length of a window, {_WINDOW_S}, or of --hold, {_HELD_S}."),
    ] = None,
) -> None:
    """Compare what a check costs with libcurl's fetch; exit code 1 above a limit."""
    cores = CORES if is_held else {CLIENT_CORE}
    with workplace() as folder, targets(folder / "target", cores) as where:
        folder.chmod(0o711)  # PostgreSQL's user goes through it
        if is_held:
            holds = hold(folder, where, seconds or _HELD_S)
        else:
            holds = compare(folder, where, rounds=rounds, seconds=seconds or _WINDOW_S)
    raise typer.Exit(0 if holds else 1)


if __name__ == "__main__":
    typer.run(main)
