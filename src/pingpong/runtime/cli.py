"""The command `pingpong`. What a command needs is imported when it runs: `up` stays small."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from . import user_commands
from .problem import StartError

app = typer.Typer(
    help="Self-hosted status pages with the PingPong REST API.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="The folder with everything; also PINGPONG_DATA_DIR. Default: ./data",
        show_default=False,
    ),
]
Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)]


def main() -> None:
    """Run a command; a problem that a person can mend is one sentence and exit code 1."""
    os.umask(0o077)  # what we write is for us alone: it holds tokens and people's addresses
    try:
        app()
    except StartError as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


@app.command()
def up(
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    data: Data = None,
    demo: Annotated[bool, typer.Option("--demo", help="Fill in a lively example.")] = False,
    reload: Annotated[
        bool, typer.Option("--reload", hidden=True, help="Start again when the source changes.")
    ] = False,
) -> None:
    """Start everything on this machine, and keep it running."""
    from .up import run_up

    run_up(host=host, port=port, data_dir=_use(data), demo=demo, reload=reload)


@app.command()
def web(
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(help="How many worker processes.", min=1)] = 1,
    data: Data = None,
) -> None:
    """Serve pages and API."""
    from .web import run_web

    _prepare(data)
    run_web(host=host, port=port, workers=workers)


@app.command()
def engine(*, data: Data = None) -> None:
    """Render pages and turn the clock."""
    _prepare(data)
    _set_up()
    from .engine import run_engine

    sys.exit(run_engine())


@app.command()
def worker(*, data: Data = None) -> None:
    """Do the engine's tasks, beside beats and other workers; needs BROKER_URL."""
    _prepare(data)
    _set_up()
    from .engine import run_worker

    sys.exit(run_worker())


@app.command()
def beat(*, data: Data = None) -> None:
    """Say when it is time for the tasks: any number may, one leads; needs BROKER_URL."""
    _prepare(data)
    _set_up()
    from .engine import run_beat

    sys.exit(run_beat())


@app.command()
def agent(
    *,
    location: Annotated[
        list[str], typer.Option(help='Where this machine stands: "US West". May be given again.')
    ],
    broker: Annotated[
        str, typer.Option(envvar="BROKER_URL", help="The broker of the core: redis://...")
    ] = "",
    name: Annotated[str, typer.Option(help="Its own name. Default: the machine's.")] = "",
    vantage: Annotated[
        str, typer.Option(help="The vantage point that it is. Default: the machine.")
    ] = "",
    spool: Annotated[
        Path, typer.Option(help="Where outcomes wait while the broker is away.")
    ] = Path("spool"),
) -> None:
    """Look from here, for a core elsewhere; needs no database and no Django."""
    from .agent import run

    sys.exit(run(locations=location, broker=broker, name=name, vantage=vantage, spool=spool))


@app.command(hidden=True)
def probe(
    *,
    fd: Annotated[int, typer.Option(help="Our end of the pipe.")],
    spool: Annotated[Path, typer.Option(help="Where outcomes wait.")],
) -> None:
    """Look for the engine at the other end of a pipe; `up` runs this."""
    from .agent import run_beside_engine

    sys.exit(run_beside_engine(fd=fd, spool=spool))


@app.command()
def migrate(*, data: Data = None) -> None:
    """Bring the database to this release."""
    _prepare(data)
    _set_up()
    from rich.console import Console

    from .django_side import database_troubles_told
    from .provision import migrate_with_progress

    console = Console(soft_wrap=True)
    with database_troubles_told():
        steps = migrate_with_progress(console)
    console.print(f"{steps} migrations applied." if steps else "Nothing to migrate.")


@app.command()
def demo(*, data: Data = None) -> None:
    """Fill in a lively example with 90 days of history."""
    _prepare(data)
    _set_up()
    from .django_side import database_troubles_told
    from .provision import make_ready

    with database_troubles_told():
        make_ready(demo=True)


@app.command()
def check(*, data: Data = None) -> None:
    """Look for mistakes in settings, data folder and database."""
    _use(data)
    _set_up()
    from .inspection import print_findings

    sys.exit(0 if print_findings() else 1)


@app.command()
def version() -> None:
    """Print the release."""
    from importlib.metadata import version as installed

    sys.stdout.write(f"{installed('pingpong-status')}\n")


@app.command()
def bootstrap(
    *,
    project: Annotated[str, typer.Option(help="The project's name.")],
    slug: Annotated[str, typer.Option(help="Its place in addresses: /s/SLUG/.")],
    email: Annotated[str, typer.Option(help="The owner's e-mail address.")],
    name: Annotated[str, typer.Option(help="The owner's name.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
    data: Data = None,
) -> None:
    """Make owner, project and token where they are missing, and print them."""
    folder = _use(data)
    if not folder.exists():
        sys.stderr.write(f"Making a new installation in {folder}.\n")
    _prepare(data)
    _set_up()
    from .django_side import database_troubles_told
    from .provision import bootstrap_and_print

    with database_troubles_told():
        bootstrap_and_print(project=project, slug=slug, email=email, name=name, as_json=as_json)


app.add_typer(user_commands.app, name="user")


def _use(data: Path | None) -> Path:
    """Settle the data folder for this process and its children."""
    from pingpong.kit.data_dir import default_data_dir

    if data is not None:
        if str(data) == ".":
            raise StartError("Name a folder of its own for --data.")
        os.environ["PINGPONG_DATA_DIR"] = str(data.resolve())
    return default_data_dir()


def _prepare(data: Path | None) -> None:
    from pingpong.kit.data_dir import DataDirError, prepare

    try:
        prepare(_use(data))
    except DataDirError as problem:
        raise StartError(str(problem)) from problem


def _set_up() -> None:
    from .django_side import set_up_django

    set_up_django()


if __name__ == "__main__":
    main()
