"""Ids in paths, wrong in every way, and paths that lead nowhere."""

import pytest
from django.test import Client

from api.bodies import body_for
from api.fingerprint import fingerprint
from api.surface import UNKNOWN_ID, WIDGETS, WITH_ID, WRITES, Operation, filled, ids_in
from fixtures.api_client import ApiClient
from fixtures.cast import Belongings, Member
from pingpong.api.routes import Route

NO_IDS = (
    "0", "-1", "1", "null", "undefined", "z" * 21, "z" * 23, "z" * 5000, "%00", "a%00b", "%20",
    "%0A", "a%0Ab", "%ff", "%ED%A0%80", "%F0%9F%A6%A9", "%EF%BC%91", "%D9%A1", "..", "%2e%2e",
    "%252e%252e", "..%2f..%2fetc%2fpasswd", "..;", "..%5c", "a.json", "a;b", "'",
    "%27%20OR%201=1--", "%25s", "{id}", "%7B%7B7*7%7D%7D", "%3Cscript%3E", "%E2%80%AE", "*",
    "@me", "~",
)  # fmt: skip
NOWHERE = (
    "", "/", "/nothing", "/Components", "/components/a/b", "/components//", "//components",
    "/live/x", "/status/x/y", "/incidents/ongoing/x", "/incidents/x/updates/y/z",
    "/widget/shields/status/x", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
    "/components.json", "/component_group", "/%00", "/%ff", "/a%0Ab", "/openapi",
    "/openapi.yaml", "/docs/x", "/admin", "/.env", "/.git/config",
)  # fmt: skip


@pytest.mark.parametrize("operation", WITH_ID, ids=str)
def test_an_id_that_is_none_is_unknown(
    operation: Operation, owner: Member, ours: Belongings
) -> None:
    before = fingerprint()
    body = (body_for(operation, ours),) if operation.method in WRITES else ()
    special = {"ongoing", "unresolved", "live", "active", "open", "data"}
    told = {}
    for name in operation.parameters:
        for text in (UNKNOWN_ID, *NO_IDS):
            path = filled(operation.path, {**ids_in(operation, ours), name: text})
            answer = owner.ask(operation.method, path, *body)
            if (answer.status, answer.body) != (404, {"detail": "Not found."}):
                told[path[:80]] = (answer.status, answer.body)
    assert special.isdisjoint(NO_IDS)
    assert told == {}
    assert fingerprint() == before


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PROPFIND"])
@pytest.mark.parametrize("path", NOWHERE)
def test_a_path_that_leads_nowhere_is_told_in_json(
    owner: Member, anonymous: ApiClient, path: str, method: str
) -> None:
    for who in (owner, anonymous):
        answer = who.ask(method, path)
        assert (answer.status, answer.body) == (404, {"detail": "Not found."})
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("route", WIDGETS, ids=lambda route: route.path)
def test_a_key_that_is_none_is_unknown(route: Route, client: Client, ours: Belongings) -> None:
    for text in (*NO_IDS, "sp_" + "0" * 32, ours.component.page_id):
        path = "/" + route.path.replace("<str:key>", text)
        answer = client.get(path)
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})
