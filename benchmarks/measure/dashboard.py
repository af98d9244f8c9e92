"""The screens of the dashboard: time in the server, statements, and bytes of a first visit."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from ci.servers import server

from .product import settings_for
from .report import console, verdict
from .workplace import workplace

MOST_STATEMENTS = 20
MOST_KB = 150


def main(
    *,
    postgresql: Annotated[bool, typer.Option(help="Measure PostgreSQL too.")] = False,
) -> None:
    """Ask for each screen of a project of 300 components, 1,000 incidents and 50 monitors.

    Exit code 1 when a screen passes a limit: 20 statements, or more of them than for a project of
    three of each; 150 kB for a first visit, compressed, style sheets and scripts included.
    """
    holds = True
    with workplace() as folder:
        folder.chmod(0o711)  # PostgreSQL's own user goes through it
        holds &= _judge("SQLite", settings_for(folder / "data"))
        if postgresql:
            with server("postgresql", folder) as found:
                holds &= _judge("PostgreSQL", settings_for(folder / "data") | found)
    raise typer.Exit(0 if holds else 1)


def _judge(name: str, env: dict[str, str]) -> bool:
    Path(env["PINGPONG_DATA_DIR"]).mkdir(exist_ok=True)
    settings = {
        "DJANGO_SETTINGS_MODULE": "pingpong.config.settings",
        "PINGPONG_SECRET_KEY": "a secret of the benchmark, long enough to be one",
        "PINGPONG_LOG_LEVEL": "ERROR",
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "-m", "measure.dashboard_figures"]
    with console.status(f"{name}: writing two projects, then asking for their screens"):
        told = subprocess.run(
            command, env=env | settings, stdout=subprocess.PIPE, text=True, check=False
        )
    if told.returncode:
        raise SystemExit(f"{name} could not be measured.")
    return _print(name, json.loads(told.stdout.splitlines()[-1]))


def _print(name: str, screens: list[dict[str, Any]]) -> bool:
    title = f"{name}: a project of 300 components, 1,000 incidents, 50 monitors"
    table = Table(title=title, title_justify="left", caption_justify="left")
    for column in ("screen", "server", "statements", "of few rows", "first visit", ""):
        table.add_column(column, justify="left" if column in ("screen", "") else "right")
    passes = []
    for one in screens:
        statements, few, size_kb = one["statements"], one["statements_of_few"], one["bytes"] / 1000
        passes.append(few == statements < MOST_STATEMENTS and size_kb < MOST_KB)
        table.add_row(
            *(one["name"], f"{one['ms']:.1f} ms", str(statements), str(few), f"{size_kb:.1f} kB"),
            verdict(holds=passes[-1]),
        )
    table.caption = (
        f"At most {MOST_STATEMENTS - 1} statements, equal for few rows and for many; "
        f"below {MOST_KB} kB with all that it loads."
    )
    console.print(table)
    return all(passes)


if __name__ == "__main__":
    typer.run(main)
