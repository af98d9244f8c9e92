"""Data points over HTTP, against the same rows handed straight to the database."""

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

LEAST = 0.5
LIMIT_FROM = 1000


def main(
    *,
    metrics: Annotated[int, typer.Option(help="How many custom metrics are present.")] = 200,
    days: Annotated[int, typer.Option(help="Days of points of each, one a minute.")] = 30,
    seconds: Annotated[float, typer.Option(help="Of each round; both sides have five.")] = 1.5,
    sqlite: Annotated[bool, typer.Option(help="Measure SQLite.")] = True,
    postgresql: Annotated[bool, typer.Option(help="Measure PostgreSQL too.")] = False,
) -> None:
    """Measure on SQLite, and on PostgreSQL when asked or when DATABASE_URL names one.

    Exit code 1 when a limit is passed. A database of DATABASE_URL keeps what was written.
    """
    given = os.environ.get("DATABASE_URL", "")
    words = [str(metrics), str(days), str(seconds)]
    holds = True
    with workplace() as folder:
        folder.chmod(0o711)  # PostgreSQL's own user goes through it
        if sqlite:
            holds &= _judge("SQLite", words, settings_for(folder / "data"))
        if given.startswith("postgres"):
            env = settings_for(folder / "data") | {"DATABASE_URL": given}
            holds &= _judge("PostgreSQL", words, env)
        elif postgresql:
            with server("postgresql", folder) as found:
                holds &= _judge("PostgreSQL", words, settings_for(folder / "data") | found)
    raise typer.Exit(0 if holds else 1)


def _judge(name: str, words: list[str], env: dict[str, str]) -> bool:
    Path(env["PINGPONG_DATA_DIR"]).mkdir(exist_ok=True)
    settings = {
        "DJANGO_SETTINGS_MODULE": "pingpong.config.settings",
        "PINGPONG_SECRET_KEY": "a secret of the benchmark, long enough to be one",
        "PINGPONG_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "measure.ingest_figures", *words]
    with console.status(f"{name}: writing the points that are there, then sending more"):
        told = subprocess.run(
            command, env=env | settings, stdout=subprocess.PIPE, text=True, check=False
        )
    if told.returncode:
        raise SystemExit(f"{name} could not be measured.")
    return _print(name, json.loads(told.stdout.splitlines()[-1]))


def _print(name: str, figures: dict[str, Any]) -> bool:
    title = f"{name}: {figures['present']:,} points present, written in {figures['filled_s']:.0f} s"
    table = Table(title=title, title_justify="left", caption_justify="left")
    table.caption = (
        "Points per second; median of the rounds of each side, in turns. Over HTTP: "
        f"{figures['connections']} connections to one web process."
    )
    for column in ("batch", "over HTTP", "raw insert", "ratio", "at least", ""):
        table.add_column(column, justify="left" if not column else "right")
    passes = []
    for size, ours, raw in figures["rates"]:
        ratio = ours / raw
        limited = size >= LIMIT_FROM
        passes.append(not limited or ratio >= LEAST)
        limit = (f"{LEAST:.2f}", verdict(holds=passes[-1])) if limited else ("", "")
        table.add_row(f"{size:,}", f"{ours:,.0f}", f"{raw:,.0f}", f"{ratio:.2f}", *limit)
    console.print(table)
    return all(passes)


if __name__ == "__main__":
    typer.run(main)
