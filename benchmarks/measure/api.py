"""The API against a bare DRF view on the same statements, each on a database of its own."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from . import product
from .contest import Contest, Outcome, hold
from .load import Target
from .report import console, print_outcomes, verdict
from .servers import Server, free_port, running
from .stage import Project, copy_database, copy_folder
from .statements import CREATE, LIST, incident, statements_of
from .workplace import workplace

# Below what the gate lets into Django at once. Writers are few because SQLite has one lock, for
# which more of them would only wait, some of them too long.
CONNECTIONS = {LIST: 8, CREATE: 2}
COMPONENTS = 50
LEAST = 0.7
FEW, MANY = 3, 300

# Each request affects another component, so that incidents do not pile up on one.
_SCRIPT = """
local bodies = {{ {bodies} }}
local turn = 0
wrk.method = "POST"
request = function()
    turn = turn % #bodies + 1
    return wrk.format(nil, nil, nil, bodies[turn])
end
"""


def main(
    *,
    rounds: Annotated[int, typer.Option(help="Windows for each server and question.")] = 5,
    seconds: Annotated[int, typer.Option(help="Length of a window.")] = 3,
) -> None:
    """Compare the API with a bare DRF view; exit code 1 below a limit."""
    with workplace() as folder, console.status("starting the product") as at:
        data = folder / "product"
        token = product.bootstrap(data)
        with product.web(data) as ours:
            project = Project(ours, data, token)
            project.grow(FEW)
            few = _statements(project)
            project.grow(COMPONENTS)
            at.update("measuring")
            outcomes = _contests(project, folder, rounds=rounds, seconds=seconds)
            at.update(f"adding components up to {MANY}")
            project.grow(MANY)
            many = _statements(project)
    title = f"The API with {COMPONENTS} components, and a bare DRF view; one core each, SQLite"
    ratios_hold = print_outcomes(outcomes, title=title)
    raise typer.Exit(0 if _print_counts(few, many) and ratios_hold else 1)


def _statements(project: Project) -> dict[str, list[str]]:
    return statements_of(
        "pingpong.config.settings",
        data_dir=project.data_dir,
        token=project.token,
        affected=project.components[:FEW],
    )


def _print_counts(few: dict[str, list[str]], many: dict[str, list[str]]) -> bool:
    for question in (LIST, CREATE):
        counts = len(few[question]), len(many[question])
        word = verdict(holds=counts[0] == counts[1])
        console.print(f"{question}: {counts[0]} statements with {FEW} components, ", end="")
        console.print(f"{counts[1]} with {MANY}: {word}")
    return all(len(few[question]) == len(many[question]) for question in (LIST, CREATE))


def _contests(project: Project, folder: Path, *, rounds: int, seconds: int) -> list[Outcome]:
    """Let both servers begin each window with the same database."""
    original, rival = folder / "original", folder / "bare"
    copy_folder(project.data_dir, original)
    copy_folder(project.data_dir, rival)
    _require_same_statements(project, rival)

    def reset() -> None:
        copy_database(original, project.data_dir)
        copy_database(original, rival)

    reset()
    script = folder / "create.lua"
    bodies = ", ".join(json.dumps(incident([one])) for one in project.components)
    script.write_text(_SCRIPT.format(bodies=bodies))
    with _bare(rival) as theirs:
        _require_same_list(project, theirs)
        return [
            hold(
                _contest(question, project, theirs, script),
                rounds=rounds,
                seconds=seconds,
                before_each=reset,
            )
            for question in (LIST, CREATE)
        ]


def _contest(question: str, project: Project, theirs: Server, script: Path) -> Contest:
    path = question.split()[1]
    targets = [
        Target(
            name,
            server.pid,
            server.url(path),
            project.headers(),
            script if question == CREATE else None,
        )
        for name, server in (("product", project.server), ("bare DRF", theirs))
    ]
    return Contest(question, *targets, LEAST, CONNECTIONS[question])


@contextmanager
def _bare(data_dir: Path) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "bare", str(port)]
    env = product.settings_for(data_dir)
    log = data_dir.with_suffix(".log")
    with running(command, port=port, ready_path="/", log=log, env=env) as server:
        yield server


def _require_same_statements(project: Project, rival: Path) -> None:
    affected = project.components[:1]
    ours, theirs = (
        statements_of(settings, data_dir=data_dir, token=project.token, affected=affected)
        for settings, data_dir in (
            ("pingpong.config.settings", project.data_dir),
            ("bare.settings", rival),
        )
    )
    for question, statements in ours.items():
        if statements != theirs[question]:
            raise SystemExit(
                f"{question}: the statements differ; benchmarks/bare has to follow the product.\n"
                f"product:  {statements}\nbare DRF: {theirs[question]}"
            )


def _require_same_list(project: Project, theirs: Server) -> None:
    path = LIST.split()[1]
    if project.server.ask(path, project.headers()).body != theirs.ask(path, project.headers()).body:
        raise SystemExit(f"{LIST}: the answers differ.")


if __name__ == "__main__":
    typer.run(main)
