"""Errors as Django REST Framework words them."""

from collections.abc import Callable
from unittest import mock

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client
from psycopg_pool import PoolTimeout

from api.surface import METHODS, OPERATIONS, PROJECT_ROUTES, UNKNOWN_ID, WIDGETS, Operation, filled
from fixtures.api_client import ApiClient
from fixtures.cast import Belongings, Member
from pingpong.api.resources.components import ComponentListView
from pingpong.api.routes import Route
from pingpong.incidents.models import Incident

MALFORMED = {
    "Token": "Invalid token header. No credentials provided.",
    "Token ": "Invalid token header. No credentials provided.",
    "token\t": "Invalid token header. No credentials provided.",
    "Token a b": "Invalid token header. Token string should not contain spaces.",
    "Token a b c": "Invalid token header. Token string should not contain spaces.",
    "Token wrong": "Invalid token.",
    "TOKEN wrong": "Invalid token.",
    "Token \xff\xfe": "Invalid token.",
    "Token " + "x" * 5000: "Invalid token.",
    "Token " + "0" * 64: "Invalid token.",
}
NO_TOKENS = ("", " ", "Bearer x", "Basic eDp5", "Tokens x", "x", "Token\xa0x", "\x00")
NOT_PROVIDED = "Authentication credentials were not provided."


@pytest.mark.parametrize("header", NO_TOKENS, ids=repr)
def test_without_a_token_it_is_401(api: Callable[[str | None], ApiClient], header: str) -> None:
    answer = api(None).ask("GET", "/status", authorization=header)
    assert (answer.status, answer.body) == (401, {"detail": NOT_PROVIDED})
    assert answer.headers["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize("header", MALFORMED, ids=lambda header: header[:15])
def test_with_a_malformed_token_it_is_401(anonymous: ApiClient, header: str) -> None:
    answer = anonymous.ask("GET", "/status", authorization=header)
    assert (answer.status, answer.body) == (401, {"detail": MALFORMED[header]})
    assert answer.headers["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize("keyword", ["Token", "token", "TOKEN"])
def test_the_keyword_counts_in_any_case(owner: Member, keyword: str) -> None:
    answer = owner.ask("GET", "/status", authorization=f"{keyword} {owner.token}")
    assert answer.status == 200


def test_neither_a_cookie_nor_a_query_is_a_token(owner: Member, anonymous: ApiClient) -> None:
    told = [
        anonymous.ask("GET", "/status", cookie=f"token={owner.token}; sessionid={owner.token}"),
        anonymous.ask("GET", f"/status?token={owner.token}&api_key={owner.token}"),
        anonymous.ask("GET", "/status", x_api_key=owner.token or ""),
    ]
    assert [answer.status for answer in told] == [401] * 3


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_operation_asks_for_a_token_before_anything_else(
    operation: Operation, anonymous: ApiClient
) -> None:
    path = filled(operation.path, dict.fromkeys(operation.parameters, UNKNOWN_ID))
    answer = anonymous.ask(operation.method, path, b"{nonsense")
    assert (answer.status, answer.body) == (401, {"detail": NOT_PROVIDED})


@pytest.mark.parametrize("route", PROJECT_ROUTES, ids=lambda route: route.path)
def test_any_other_method_is_405(route: Route, owner: Member, ours: Belongings) -> None:
    path = filled(route.path.removeprefix("rest/v1"), dict.fromkeys(("id",), UNKNOWN_ID))
    path = filled(path, dict.fromkeys(("incident_id", "update_id"), UNKNOWN_ID))
    known = [method for method in METHODS if hasattr(route.view, method.lower())]
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
        if method in known:
            continue
        answer = owner.ask(method, path)
        assert (answer.status, answer.body) == (405, {"detail": f'Method "{method}" not allowed.'})
        assert set(answer.headers["Allow"].split(", ")) - {"HEAD", "OPTIONS"} == set(known)


@pytest.mark.parametrize("route", WIDGETS, ids=lambda route: route.path)
def test_widgets_are_read_only(route: Route, client: Client, owner: Member) -> None:
    path = "/" + filled(route.path, {"key": owner.page.shields_key})
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = client.generic(method, path)
        assert (answer.status_code, answer.json()) == (
            405,
            {"detail": f'Method "{method}" not allowed.'},
        )


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html, */*;q=0.1"])
def test_json_is_what_there_is(owner: Member, accept: str) -> None:
    answer = owner.ask("GET", "/status", accept=accept)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")


def test_nothing_but_json_is_406(owner: Member) -> None:
    answer = owner.ask("GET", "/status", accept="text/html")
    assert (answer.status, answer.body) == (
        406,
        {"detail": "Could not satisfy the request Accept header."},
    )


def test_a_bug_of_ours_is_told_without_its_secrets(owner: Member) -> None:
    with mock.patch.object(ComponentListView, "rows", side_effect=RuntimeError("secret")):
        answer = owner.get("/components")
    assert (answer.status, answer.body) == (500, {"detail": "A server error occurred."})


@pytest.mark.parametrize(
    "problem", [OperationalError("database is locked"), InterfaceError("gone"), PoolTimeout("none")]
)
def test_a_database_that_is_busy_or_away_is_503(owner: Member, problem: Exception) -> None:
    with mock.patch.object(ComponentListView, "rows", side_effect=problem):
        answer = owner.get("/components")
    assert (answer.status, answer.body) == (
        503,
        {"detail": "The database is busy or away. Try again."},
    )
    assert int(answer.headers["Retry-After"]) >= 1


def test_a_database_that_is_away_for_the_token_is_503_too(owner: Member) -> None:
    with mock.patch("pingpong.api.auth.authenticate", side_effect=OperationalError("gone")):
        answer = owner.get("/components")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")


@pytest.mark.parametrize(
    ("problem", "status"), [(IntegrityError("foreign key"), 409), (Incident.DoesNotExist(), 404)]
)
def test_losing_a_race_is_told_as_such(owner: Member, problem: Exception, status: int) -> None:
    with mock.patch.object(ComponentListView, "rows", side_effect=problem):
        answer = owner.get("/components")
    assert (answer.status, list(answer.body)) == (status, ["detail"])
