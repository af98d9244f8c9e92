"""Ninety days of monitors: what a page and a chart take to read, and what they take to keep."""

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

PAGE_LIMIT_MS = 50
CHART_LIMIT_MS = 5

_QUESTIONS = {
    "page": ("page: all that it shows of all monitors, on one page", PAGE_LIMIT_MS),
    "chart": ("chart: 90 days of one monitor, with percentiles", CHART_LIMIT_MS),
    "bars": ("of the page: 90 bars and uptime of all monitors", None),
    "summary": ("checks and response time of the last 24 hours, of all monitors", None),
    "spans": ("the same, by spans of instants", None),
    "windows": ("uptime of all monitors for 24 h, 7, 30 and 90 days", None),
    "hours": ("chart: 7 days of one monitor by hours", None),
    "checks": ("chart: 24 hours of one monitor by 10 minutes", None),
}
_TABLES = {
    "hourrollup": "of hours a year",
    "dayrollup": "of days a year",
    "verdictspan": "of spans a year",
    "rawoutcome": "of single checks for 72 hours",
}


def main(
    *,
    monitors: Annotated[int, typer.Option(help="How many monitors are present.")] = 1000,
    postgresql: Annotated[bool, typer.Option(help="Measure PostgreSQL too.")] = False,
) -> None:
    """Measure on SQLite, and on PostgreSQL when asked or when DATABASE_URL names one.

    Exit code 1 when a limit is passed. A database of DATABASE_URL keeps what was written.
    """
    given = os.environ.get("DATABASE_URL", "")
    holds = True
    with workplace() as folder:
        folder.chmod(0o711)  # PostgreSQL's own user goes through it
        holds &= _judge("SQLite", monitors, settings_for(folder / "data"))
        if given.startswith("postgres"):
            env = settings_for(folder / "data") | {"DATABASE_URL": given}
            holds &= _judge("PostgreSQL", monitors, env)
        elif postgresql:
            with server("postgresql", folder) as found:
                holds &= _judge("PostgreSQL", monitors, settings_for(folder / "data") | found)
    raise typer.Exit(0 if holds else 1)


def _judge(name: str, monitors: int, env: dict[str, str]) -> bool:
    Path(env["PINGPONG_DATA_DIR"]).mkdir(exist_ok=True)
    settings = {
        "DJANGO_SETTINGS_MODULE": "pingpong.config.settings",
        "PINGPONG_SECRET_KEY": "a secret of the benchmark, long enough to be one",
        "PINGPONG_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "measure.history_figures", str(monitors)]
    with console.status(f"{name}: writing 90 days of {monitors} monitors, then reading"):
        told = subprocess.run(
            command, env=env | settings, stdout=subprocess.PIPE, text=True, check=False
        )
    if told.returncode:
        raise SystemExit(f"{name} could not be measured.")
    return _print(name, monitors, json.loads(told.stdout.splitlines()[-1]))


def _print(name: str, monitors: int, figures: dict[str, Any]) -> bool:
    title = f"{name}: {monitors} monitors, 90 days, written in {figures['filled_s']:.0f} s"
    table = Table(title=title, title_justify="left", caption_justify="left")
    for column in ("question", "takes", "at most", ""):
        table.add_column(column, justify="left" if column in ("question", "") else "right")
    passes = []
    for key, (question, limit) in _QUESTIONS.items():
        value = figures["ms"][key]
        passes.append(limit is None or value <= limit)
        table.add_row(question, f"{value:.1f} ms", *_limit(limit, holds=passes[-1]))
    for size, value in figures["us"].items():
        words = f"adding {size} outcomes to hour and day, CPU of each"
        table.add_row(words, f"{value:.0f} us", "", "")
    sizes = ", ".join(f"{figures['bytes'][key]:,.0f} B {words}" for key, words in _TABLES.items())
    table.caption = f"Median of the quieter half of the runs. Each monitor keeps {sizes}."
    yearly = sum(value for key, value in figures["bytes"].items() if key != "rawoutcome")
    console.print(table)
    console.print(f"One monitor at one location, checked each minute: {yearly:,.0f} bytes a year.")
    return all(passes)


def _limit(limit: int | None, *, holds: bool) -> tuple[str, str]:
    return ("", "") if limit is None else (f"{limit} ms", verdict(holds=holds))


if __name__ == "__main__":
    typer.run(main)
