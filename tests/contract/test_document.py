"""The OpenAPI document says what is answered, and nothing else."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import jsonschema
import pytest
from django.test import Client

from contract.published import OPERATIONS, Operation, request
from fixtures.cast import Member
from pingpong.api.routes import CANONICAL_PATHS, ROUTES

ERRORS = {
    "GET": {"401", "405", "429", "503"},
    "POST": {"400", "401", "403", "405", "409", "413", "415", "422", "429", "503"},
    "PUT": {"400", "401", "403", "405", "409", "413", "415", "429", "503"},
    "PATCH": {"400", "401", "403", "405", "409", "413", "415", "429", "503"},
    "DELETE": {"401", "403", "405", "409", "429", "503"},
}


@pytest.fixture
def document(db: None, client: Client) -> dict[str, Any]:
    return json.loads(client.get("/rest/v1/openapi.json").content)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def test_it_is_openapi_3_1_and_names_every_path_once(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert set(document["paths"]) == CANONICAL_PATHS
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))


def test_it_names_every_method(document: dict[str, Any]) -> None:
    for route in ROUTES:
        path = "/" + route.path.replace("<str:", "{").replace(">", "}")
        known = {
            method
            for method in ("get", "post", "put", "patch", "delete")
            if hasattr(route.view, method)
        }
        assert set(document["paths"][path]) == known


def test_every_operation_has_a_summary_a_tag_and_its_errors(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        assert operation["summary"]
        assert len(operation["tags"]) == 1
        if path.startswith(("/widget/", "/heartbeat/")):
            assert "security" not in operation or {} in operation["security"]
            continue
        assert operation["security"] == [{"token": []}]
        errors = ERRORS[method] | ({"404"} if "{" in path else set())
        assert errors <= set(operation["responses"]), (path, method)


def answer_schema(document: dict[str, Any], operation: Operation) -> dict[str, Any]:
    path = "/rest/v1" + operation.path
    if "/updates" in path:
        path = path.replace("{incident}", "{incident_id}").replace("{update}", "{update_id}")
    else:
        path = re.sub(r"{\w+}", "{id}", path)
    found = document["paths"][path][operation.method.lower()]["responses"]
    return found[str(operation.status)]["content"]["application/json"]["schema"]


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.answer], ids=str)
def test_it_describes_each_answer_key_for_key(
    operation: Operation,
    document: dict[str, Any],
    owner: Member,
    ids: dict[str, str],
    now: datetime,
) -> None:
    path = operation.path.format(**ids)
    sent = [request(operation.request, ids, now=now)] if operation.request else []
    answer = owner.ask(operation.method, path, *sent)
    schema = answer_schema(document, operation)
    whole = {**schema, "components": document["components"]}
    jsonschema.Draft202012Validator(whole).validate(answer.body)
    if operation.answer == "data_points":
        return
    schema = resolved(document, schema["items"] if operation.is_list else schema)
    one = answer.body[0] if operation.is_list else answer.body
    assert list(schema["properties"]) == list(one)
    assert sorted(schema["required"]) == sorted(one)


def test_it_says_which_fields_take_null(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    component = resolved(document, schemas["ComponentAnswer"])["properties"]
    assert component["description"]["type"] == ["string", "null"]
    assert "null" in json.dumps(component["group"])


def test_its_pages_ask_no_other_host(db: None, client: Client) -> None:
    for path in ("/rest/v1/docs/", "/rest/v1/docs/?script="):
        page = client.get(path).content.decode()
        assert "//cdn" not in page
        assert "https://" not in page.replace("https://docs.djangoproject.com", "")
