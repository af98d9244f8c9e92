"""What a new data folder needs beyond tables: a way to the first account, or an example."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from datetime import datetime
from typing import Any

from django.conf import settings
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from pingpong.accounts.first_run import has_accounts, offer_setup, setup_link
from pingpong.accounts.people import PersonInvalidError
from pingpong.kit.clock import utc_now
from pingpong.kit.secrets import SecretUnreadableError
from pingpong.pages.address import page_path
from pingpong.pages.lifecycle import PageInvalidError
from pingpong.teams.bootstrap import Bootstrapped, SlugTakenError, bootstrap
from pingpong.teams.models import Membership
from pingpong.teams.roles import Role

from .migration import migrate
from .problem import StartError
from .stamp import Stamp, read_stamp, schema_mark, write_stamp


def migrate_with_progress(console: Console) -> int:
    """Migrate, with a bar where somebody watches; return how many steps there were."""
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("Preparing the database", total=None)

        def show(_name: str, done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        return migrate(on_step=show)


def make_ready(*, demo: bool) -> None:
    """Migrate, fill in the example where it is wanted, note it, and print how one gets in."""
    console = Console(soft_wrap=True)
    steps = migrate_with_progress(console)
    if steps:
        console.print(f"Prepared the database ({steps} steps).")
    now = utc_now()
    before = read_stamp(settings.DATA_DIR)
    had_demo = before is not None and before.has_demo
    made = _fill_demo(console, now=now) if demo and not had_demo else None
    stamp = _stamp(made, has_demo=demo or had_demo)
    write_stamp(settings.DATA_DIR, stamp)
    if made is not None and made.password is not None:
        _print_welcome(console, made)
    elif demo:
        console.print("The example is there already.")
    if not has_accounts():
        _print_setup(console, offer_setup(now=now))


def bootstrap_and_print(*, project: str, slug: str, email: str, name: str, as_json: bool) -> None:
    """Migrate where needed, make what is missing, and print it; nothing else on stdout."""
    with redirect_stdout(sys.stderr):
        migrate()
        made = _bootstrap(project=project, slug=slug, email=email, name=name, now=utc_now())
    if as_json:
        sys.stdout.write(json.dumps(_as_dict(made)) + "\n")
        return
    known = {"password": "as it was: the account existed before"}
    _print_rows(
        Console(),
        {
            label.replace("_", " "): value if value is not None else known[label]
            for label, value in _as_dict(made).items()
        },
    )


def dashboard_url(slug: str) -> str:
    # Written out: reversing it would load every screen for one line.
    return f"{settings.BASE_URL}/dashboard/p/{slug}/"


def _as_dict(made: Bootstrapped) -> dict[str, str | None]:
    return {
        "project": made.project,
        "slug": made.slug,
        "page_url": f"{settings.BASE_URL}{page_path(made.slug)}",
        "dashboard_url": dashboard_url(made.slug),
        "email": made.email,
        "password": made.password,
        "token": made.token,
        "shields_key": made.shields_key,
    }


def _fill_demo(console: Console, *, now: datetime) -> Bootstrapped:
    from .demo.fill import fill_demo

    with _refusals_told():
        return fill_demo(now=now, tell=console.print)


def _bootstrap(**wanted: Any) -> Bootstrapped:
    with _refusals_told():
        return bootstrap(**wanted)


@contextmanager
def _refusals_told() -> Iterator[None]:
    try:
        yield
    except (PageInvalidError, PersonInvalidError, SlugTakenError) as problem:
        raise StartError(str(problem)) from problem
    except SecretUnreadableError as problem:
        raise StartError(
            "The stored token was made with another secret key: restore the file secret.key, "
            "or the value of PINGPONG_SECRET_KEY, that belongs to this database."
        ) from problem


def _stamp(made: Bootstrapped | None, *, has_demo: bool) -> Stamp:
    owners = Membership.objects.filter(role=Role.OWNER).select_related("page", "person")
    if made is not None:
        owners = owners.filter(page_id=made.page_id)
    first = owners.order_by("created_at").first()
    return Stamp(
        schema=schema_mark(settings.DATA_DIR),
        has_demo=has_demo,
        project=first.page.name if first else "",
        slug=first.page.slug if first else "",
        email=first.person.email if first else "",
        name=first.person.name if first else "",
    )


def _print_welcome(console: Console, made: Bootstrapped) -> None:
    """Print what is shown once; the addresses follow with every start."""
    console.print("[bold]Shown once, keep them:[/bold]")
    rows = {"e-mail": made.email, "password": made.password or "", "token": made.token}
    _print_rows(console, rows)


def _print_setup(console: Console, code: str) -> None:
    """Print where the first account is made; a link of an earlier start is dead from now on."""
    console.print("[bold]Nobody has an account yet. Make the first one, with this link:[/bold]")
    _print_rows(console, {"setup": setup_link(code), "code": code})


def _print_rows(console: Console, rows: Mapping[str, str]) -> None:
    """Print one pair a line, never cut: a token is copied from here."""
    for label, value in rows.items():
        line = Text.assemble((f"{label:<14}", "dim"), (value, "bold"))
        console.print(line, soft_wrap=True, highlight=False)
