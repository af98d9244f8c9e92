"""Which statements an answer takes: run in a process of its own, which has Django's settings."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from .product import settings_for

LIST = "GET /rest/v1/components"
CREATE = "POST /rest/v1/incidents"
_TABLE = re.compile(r'(?:FROM|INTO|UPDATE) "(\w+)"')


def statements_of(
    settings: str, *, data_dir: Path, token: str, affected: Sequence[str]
) -> dict[str, list[str]]:
    """Return, per question, the verb and the table of each statement in order.

    `settings` names a settings module. Leaves incidents in the database.
    """
    command = [sys.executable, "-m", "measure.statements", token, *affected]
    env = settings_for(data_dir) | {
        "DJANGO_SETTINGS_MODULE": settings,
        "PINGPONG_LOG_LEVEL": "ERROR",
    }
    told = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=False)
    if told.returncode:
        raise SystemExit(f"{settings}: the statements could not be counted.")
    found: dict[str, list[str]] = json.loads(told.stdout.splitlines()[-1])
    return found


def _main(token: str, affected: Sequence[str]) -> None:
    import django

    django.setup()
    found = {}
    for question, body in ((LIST, ""), (CREATE, incident(affected))):
        method, path = question.split()
        _count(method, path, body, token)  # the first request also sets the connection up
        found[question] = _count(method, path, body, token)
    sys.stdout.write(json.dumps(found) + "\n")


def incident(affected: Sequence[str]) -> str:
    """Return the body that reports an incident."""
    return json.dumps(
        {
            "title": "Database replica connection failure",
            "message": "<b>Summary</b><br>API can not connect to read-replica.",
            "affected_components": [{"id": one, "status": "Critical state"} for one in affected],
        }
    )


def _count(method: str, path: str, body: str, token: str) -> list[str]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    headers = {"Authorization": f"Token {token}"}
    with CaptureQueriesContext(connection) as captured:
        answer = Client().generic(method, path, body, "application/json", headers=headers)
    if answer.status_code not in {200, 201}:
        raise SystemExit(f"{method} {path}: {answer.status_code} {answer.content[:200]!r}")
    return [_short(query["sql"]) for query in captured.captured_queries]


def _short(statement: str) -> str:
    table = _TABLE.search(statement)
    return statement.split(maxsplit=1)[0] + (f" {table[1]}" if table else "")


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2:])
