"""`pingpong check`: Django's checks, ours, and a look at the database."""

from importlib import import_module

from django.core.checks import ERROR, run_checks
from django.db import Error, connection
from rich.console import Console

from .migration import pending_migrations

# Named, not imported: `config` lies above this package.
_OUR_CHECKS = "pingpong.config.checks"


def print_findings() -> bool:
    """Print every finding; return whether none of them is an error."""
    import_module(_OUR_CHECKS)
    console = Console(soft_wrap=True)
    findings = run_checks()
    for finding in findings:
        hint = f" {finding.hint}" if finding.hint else ""
        console.print(f"{finding.id}: {finding.msg}{hint}", markup=False, highlight=False)
    database, database_is_fine = _look_at_database()
    console.print(database, markup=False, highlight=False)
    is_fine = database_is_fine and not any(finding.level >= ERROR for finding in findings)
    console.print("Everything is in order." if is_fine else "There is something to mend.")
    return is_fine


def _look_at_database() -> tuple[str, bool]:
    try:
        pending = pending_migrations()
    except Error as problem:
        return f"The database cannot be used: {str(problem).strip().splitlines()[0]}", False
    if pending:
        return f"The database lacks {pending} migrations: run `pingpong migrate`.", False
    return f"The database ({connection.vendor}) answers and is up to date.", True
