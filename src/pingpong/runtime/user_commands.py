"""`pingpong user`: people, for whoever runs the server and nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .problem import StartError

if TYPE_CHECKING:
    from pingpong.accounts.models import Person

app = typer.Typer(help="People who can sign in.", no_args_is_help=True)

OPERATOR = "Operator"

Email = Annotated[str, typer.Argument(help="The address that the person signs in with.")]
Data = Annotated[
    Path | None,
    typer.Option("--data", help="The folder with everything.", show_default=False),
]


@app.command(name="list")
def list_people(*, data: Data = None) -> None:
    """List everybody who has an account: address, name, and who is disabled."""
    with _database(data):
        from pingpong.accounts.models import Person

        for person in Person.objects.order_by("email").iterator():
            state = "" if person.is_active else "\tdisabled"
            typer.echo(f"{person.email}\t{person.name}{state}")


@app.command()
def setup_link(*, data: Data = None) -> None:
    """Print a link with which the first account is made; the one before it works no more."""
    with _database(data):
        from pingpong.accounts import first_run
        from pingpong.kit.clock import utc_now

        if first_run.has_accounts():
            raise StartError("There is an account already: see `pingpong user list`.")
        typer.echo(first_run.setup_link(first_run.offer_setup(now=utc_now())))


@app.command()
def reset_link(email: Email, *, data: Data = None) -> None:
    """Print a link with which somebody chooses a new password: once, within a day."""
    with _database(data):
        from pingpong.accounts.reset_links import make_reset_link
        from pingpong.kit.actor import Actor
        from pingpong.kit.clock import utc_now

        typer.echo(make_reset_link(_person(email), by=Actor(OPERATOR), now=utc_now()))


@app.command()
def disable(email: Email, *, data: Data = None) -> None:
    """Let somebody sign in no more, and end their sessions."""
    with _database(data):
        from pingpong.accounts import people
        from pingpong.kit.actor import Actor
        from pingpong.kit.clock import utc_now

        person = _person(email)
        people.disable(person, by=Actor(OPERATOR), now=utc_now())
        typer.echo(f"{person.email} cannot sign in any more.")


@app.command()
def enable(email: Email, *, data: Data = None) -> None:
    """Let somebody who was disabled sign in again."""
    with _database(data):
        from pingpong.accounts import people
        from pingpong.kit.actor import Actor
        from pingpong.kit.clock import utc_now

        person = _person(email)
        people.enable(person, by=Actor(OPERATOR), now=utc_now())
        typer.echo(f"{person.email} can sign in.")


def _person(email: str) -> "Person":
    from pingpong.accounts.models import Person

    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise StartError(f"There is no account with the address {email}.")
    return person


@contextmanager
def _database(data: Path | None) -> Iterator[None]:
    from .cli import _prepare, _set_up
    from .django_side import database_troubles_told

    _prepare(data)
    _set_up()
    with database_troubles_told():
        yield
