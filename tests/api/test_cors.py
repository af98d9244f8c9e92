"""`Access-Control-Allow-Origin: *` on every answer, whatever it is (contract A31)."""

from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from api.bodies import body_for
from api.surface import OPERATIONS, PROJECT_ROUTES, UNKNOWN_ID, WRITES, Operation, path_to
from api.undoing import undone
from fixtures.api_client import API, Answer, ApiClient
from fixtures.cast import Belongings, Member
from pingpong.api.resources.components import ComponentListView
from pingpong.api.routes import ROUTES, Route

EXPOSED = {"Link", "X-Total-Count", "Retry-After"}
ALLOWED = {"Authorization", "Content-Type", "Idempotency-Key"}


def assert_open(answer: Answer) -> None:
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert set(answer.headers["Access-Control-Expose-Headers"].split(", ")) >= EXPOSED
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_operation_is_open(operation: Operation, owner: Member, ours: Belongings) -> None:
    body = [body_for(operation, ours)] if operation.method in WRITES else []
    for headers in ({}, {"origin": "https://example.com"}, {"origin": "null"}):
        with undone():
            answer = owner.ask(operation.method, path_to(operation, ours), *body, **headers)
        assert answer.status in (200, 201, 204)
        assert_open(answer)


@pytest.mark.parametrize("origin", [None, "https://example.com"])
def test_errors_are_open(
    owner: Member, viewer: Member, anonymous: ApiClient, origin: str | None
) -> None:
    headers = {} if origin is None else {"origin": origin}
    answers = [
        owner.ask("POST", "/components", b"{", **headers),
        anonymous.ask("GET", "/components", **headers),
        viewer.ask("POST", "/components", {}, **headers),
        owner.ask("GET", f"/components/{UNKNOWN_ID}", **headers),
        owner.ask("GET", "/nowhere", **headers),
        owner.ask("GET", "/a%0Ab", **headers),
        owner.ask("DELETE", "/components", **headers),
        owner.ask("GET", "/components", accept="text/html", **headers),
        owner.ask("POST", "/components", b" " * 2_000_000, **headers),
        owner.ask("POST", "/components", b"x", content_type="text/plain", **headers),
    ]
    assert [answer.status for answer in answers] == [
        400,
        401,
        403,
        404,
        404,
        404,
        405,
        406,
        413,
        415,
    ]
    for answer in answers:
        assert_open(answer)


def test_a_flood_is_open(owner: Member, settings: Settings) -> None:
    settings.RATE_LIMIT = 0
    answer = owner.get("/components")
    assert answer.status == 429
    assert_open(answer)


@pytest.mark.parametrize(("problem", "status"), [(RuntimeError(), 500), (OperationalError(), 503)])
def test_faults_are_open(owner: Member, problem: Exception, status: int) -> None:
    with mock.patch.object(ComponentListView, "rows", side_effect=problem):
        answer = owner.get("/components")
    assert answer.status == status
    assert_open(answer)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_a_preflight_needs_no_token(route: Route, client: Client) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        response = client.options(
            "/" + route.path,
            headers={
                "origin": "https://example.com",
                "access-control-request-method": method,
                "access-control-request-headers": "authorization, content-type, idempotency-key",
            },
        )
        assert (response.status_code, response.content) == (204, b"")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert method in response["Access-Control-Allow-Methods"].split(", ")
        assert set(response["Access-Control-Allow-Headers"].split(", ")) == ALLOWED
        assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("path", ["/rest/v1/nowhere", "/widget/x", "/rest/v1/openapi.json"])
def test_a_preflight_of_any_path_is_answered(client: Client, path: str) -> None:
    response = client.options(
        path, headers={"origin": "null", "access-control-request-method": "GET"}
    )
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (204, "*")


@pytest.mark.parametrize("route", PROJECT_ROUTES, ids=lambda route: route.path)
def test_other_options_are_open_and_ask_for_a_token(
    route: Route, owner: Member, anonymous: ApiClient
) -> None:
    path = route.path.removeprefix("rest/v1")
    for who, status in ((owner, 200), (anonymous, 401)):
        answer = who.ask("OPTIONS", path)
        assert answer.status == status
        assert_open(answer)


@pytest.mark.parametrize("path", ["/openapi.json", "/docs/", "/docs"])
def test_the_document_is_open(db: None, client: Client, path: str) -> None:
    response = client.get(API + path)
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (200, "*")


def test_answers_to_a_token_are_not_kept(owner: Member) -> None:
    assert owner.get("/components").headers["Cache-Control"] == "no-store"
