"""What the idle product takes of the memory, process by process."""

import os
import time
from typing import Annotated

import typer
from rich.table import Table

from . import product
from .processes import Process, command_of, family, proportional_kib
from .report import console, verdict
from .workplace import workplace

AIM_MIB = 260
_NAMES = {" up ": "supervisor", " web ": "web", " engine": "engine", " probe": "probe"}


def main(*, idle: Annotated[int, typer.Option(help="Seconds without any request.")] = 20) -> None:
    """Print the memory of all that `pingpong up --demo` started; exit code 1 above 260 MiB."""
    with (
        workplace() as folder,
        console.status(f"idle for {idle} s"),
        product.demo(folder) as server,
    ):
        time.sleep(idle)
        sizes = [
            (_name_of(one, server.pid), proportional_kib(one.pid) / 1024)
            for one in family(server.pid)
        ]
    table = Table(show_footer=True)
    total = sum(size for _, size in sizes)
    table.add_column("process", footer="all")
    table.add_column("MiB", footer=f"{total:.1f}", justify="right")
    for name, size in sizes:
        table.add_row(name, f"{size:.1f}")
    console.print("Memory of the idle product: PSS of everything that `pingpong up --demo` started")
    console.print(table)
    holds = total < AIM_MIB
    console.print(f"{total:.1f} MiB, aim: below {AIM_MIB}: {verdict(holds=holds)}")
    raise typer.Exit(0 if holds else 1)


def _name_of(process: Process, root: int) -> str:
    command = command_of(process.pid)
    name = next((name for sign, name in _NAMES.items() if sign in command), command[-60:])
    return name if process.parent in {root, os.getpid()} else f"{name}, worker"


if __name__ == "__main__":
    typer.run(main)
