"""Who may do what: the table beside this file is what happens, no more and no less."""

import csv
from pathlib import Path

import pytest

from api.bodies import plain_body_for
from api.surface import OPERATIONS, PROJECT_ROUTES, WIDGETS, WRITES, Operation, path_to
from api.undoing import undone
from fixtures.api_client import Answer, ApiClient
from fixtures.cast import Belongings
from pingpong.api.auth import RoleAllows
from pingpong.api.routes import Route

TABLE = Path(__file__).with_name("rights.csv")
WHO = ("owner", "admin", "responder", "viewer", "stranger", "anonymous")
FORBIDDEN = {"detail": "You do not have permission to perform this action."}
UNAUTHENTICATED = {"detail": "Authentication credentials were not provided."}
UNKNOWN = {"detail": "Not found."}
BODIES = {401: UNAUTHENTICATED, 403: FORBIDDEN, 404: UNKNOWN}


def rows() -> dict[str, dict[str, str]]:
    with TABLE.open(newline="") as file:
        return {f"{row['method']} {row['path']}": row for row in csv.DictReader(file)}


def act(who: ApiClient, operation: Operation, ours: Belongings) -> Answer:
    path = path_to(operation, ours)
    if operation.method in WRITES:
        return who.ask(operation.method, path, plain_body_for(operation))
    return who.ask(operation.method, path)


def test_the_table_names_every_operation_and_no_other() -> None:
    assert list(rows()) == [str(operation) for operation in OPERATIONS]


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_everybody_gets_what_the_table_says(
    operation: Operation, ours: Belongings, request: pytest.FixtureRequest
) -> None:
    happened = {}
    for who in WHO:
        client = request.getfixturevalue(who)
        with undone():
            answer = act(client, operation, ours)
        happened[who] = str(answer.status)
        assert answer.body == BODIES.get(answer.status, answer.body)
    expected = rows()[str(operation)]
    assert happened == {who: expected[who] for who in WHO}


@pytest.mark.parametrize("route", PROJECT_ROUTES, ids=lambda route: route.path)
def test_every_view_of_the_project_declares_who_writes(route: Route) -> None:
    assert getattr(route.view, "written_by", None) in (
        "builders",
        "responders",
    )
    assert route.view.permission_classes == [RoleAllows]


@pytest.mark.parametrize("route", WIDGETS, ids=lambda route: route.path)
def test_widgets_ask_for_no_token_and_write_nothing(route: Route) -> None:
    assert (route.view.permission_classes, route.view.authentication_classes) == ((), ())
    assert [name for name in ("post", "put", "patch", "delete") if hasattr(route.view, name)] == []
