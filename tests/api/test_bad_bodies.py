"""Whole bodies that are none: 400, 413 or 415 in DRF's form, and nothing written."""

import json

import pytest

from api.bodies import body_for
from api.fingerprint import fingerprint
from api.surface import READING_BODIES, Operation, path_to
from fixtures.cast import Belongings, Member

NO_JSON = {
    "an open brace": b"{",
    "a trailing comma": b'{"name": "x",}',
    "single quotes": b"{'name': 'x'}",
    "a bare word": b"nonsense",
    "two values": b"{} {}",
    "spaces": b"  ",
    "a NUL": b"\0",
    "a control sign in text": b'{"name": "a\nb"}',
    "a bad escape": rb'{"name": "\x"}',
    "latin-1": '{"name": "caf\u00e9"}'.encode("latin-1"),
    "half a character": b'{"name": "\xc3"}',
    "an overlong slash": b'{"name": "\xc0\xaf"}',
    "a surrogate in UTF-8": b'{"name": "\xed\xa0\x80"}',
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "UTF-32": '{"name": "x"}'.encode("utf-32-le"),
    "a mark of byte order": b"\xef\xbb\xbf{}",
    "XML": b"<name>x</name>",
    "a form": b"name=x&status=Operational",
    "NaN": b"NaN",
    "-Infinity": b"[-Infinity]",
    "100,000 lists": b"[" * 100_000,
    "100,000 objects": b'{"a":' * 100_000,
    "a number of 5,000 digits": b"9" * 5000,
}
NO_OBJECT = {
    "null": (b"null", "No data provided"),
    "a list": (b"[]", "Invalid data. Expected a dictionary, but got list."),
    "a list of objects": (b"[{}]", "Invalid data. Expected a dictionary, but got list."),
    "a number": (b"5", "Invalid data. Expected a dictionary, but got int."),
    "a float": (b"1e999", "Invalid data. Expected a dictionary, but got float."),
    "a boolean": (b"true", "Invalid data. Expected a dictionary, but got bool."),
    "a text": (b'"name"', "Invalid data. Expected a dictionary, but got str."),
}
NO_JSON_TYPES = (
    "",
    "text/plain",
    "text/json",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "application/vnd.api+json",
    "application/jsonx",
    "application",
    "nonsense",
    "*",
    "\xff",
)
JSON_TYPES = (
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    "APPLICATION/JSON",
    "application/json; indent=4",
)


@pytest.mark.parametrize("operation", READING_BODIES, ids=str)
def test_what_is_no_json_is_refused(operation: Operation, owner: Member, ours: Belongings) -> None:
    path = path_to(operation, ours)
    before = fingerprint()
    taken = {}
    for name, raw in NO_JSON.items():
        answer = owner.ask(operation.method, path, raw)
        told = answer.body.get("detail", "") if isinstance(answer.body, dict) else ""
        if answer.status != 400 or not told.startswith("JSON parse error - "):
            taken[name] = (answer.status, answer.body)
    assert taken == {}
    assert fingerprint() == before


@pytest.mark.parametrize("operation", READING_BODIES, ids=str)
def test_what_is_no_object_is_refused(
    operation: Operation, owner: Member, ours: Belongings
) -> None:
    path = path_to(operation, ours)
    before = fingerprint()
    told = {}
    for name, (raw, _) in NO_OBJECT.items():
        answer = owner.ask(operation.method, path, raw)
        told[name] = (answer.status, answer.body)
    assert told == {
        name: (400, {"non_field_errors": [sentence]}) for name, (_, sentence) in NO_OBJECT.items()
    }
    assert fingerprint() == before


@pytest.mark.parametrize("raw", [b"", b"{}"])
@pytest.mark.parametrize("operation", READING_BODIES, ids=str)
def test_nothing_at_all_changes_nothing_and_makes_nothing(
    operation: Operation, raw: bytes, owner: Member, ours: Belongings
) -> None:
    path = path_to(operation, ours)
    seen = owner.get(path).body
    answer = owner.ask(operation.method, path, raw)
    is_partial = bool(operation.parameters) and operation.method in ("PUT", "PATCH")
    if is_partial and not path.endswith("/status"):
        assert (answer.status, answer.body) == (200, seen)
    else:
        required = ["This field is required."]
        assert answer.status == 400
        assert set(map(json.dumps, answer.body.values())) == {json.dumps(required)}


@pytest.mark.parametrize("operation", READING_BODIES, ids=str)
def test_another_media_type_is_refused(
    operation: Operation, owner: Member, ours: Belongings
) -> None:
    path, body = path_to(operation, ours), json.dumps(body_for(operation, ours)).encode()
    before = fingerprint()
    taken = {}
    for media_type in NO_JSON_TYPES:
        answer = owner.ask(operation.method, path, body, content_type=media_type)
        if (answer.status, list(answer.body)) != (415, ["detail"]):
            taken[media_type] = (answer.status, answer.body)
    assert taken == {}
    assert fingerprint() == before


@pytest.mark.parametrize("media_type", JSON_TYPES)
def test_json_is_json_however_it_is_announced(owner: Member, media_type: str) -> None:
    answer = owner.post("/component-groups", b'{"name": "caf\xc3\xa9"}', content_type=media_type)
    assert (answer.status, answer.body.get("name")) == (201, "caf\u00e9")


@pytest.mark.parametrize("operation", READING_BODIES, ids=str)
def test_five_megabytes_are_too_many(operation: Operation, owner: Member, ours: Belongings) -> None:
    path = path_to(operation, ours)
    before = fingerprint()
    body = json.dumps({**body_for(operation, ours), "unknown": "x" * 5_000_000}).encode()
    for headers in ({}, {"idempotency_key": "large"}):
        answer = owner.ask(operation.method, path, body, **headers)
        assert (answer.status, answer.body) == (
            413,
            {"detail": "The request body is too large."},
        )
    assert fingerprint() == before


@pytest.mark.parametrize(("size", "status"), [(1024 * 1024, 201), (1024 * 1024 + 1, 413)])
def test_a_body_may_have_a_mebibyte(owner: Member, size: int, status: int) -> None:
    body = json.dumps({"name": "x", "unknown": ""}).encode()
    body = body[:-2] + b"x" * (size - len(body)) + body[-2:]
    assert len(body) == size
    assert owner.post("/component-groups", body).status == status


def test_of_a_key_named_twice_the_last_counts(owner: Member) -> None:
    answer = owner.post("/component-groups", b'{"name": "first", "name": "second"}')
    assert (answer.status, answer.body["name"]) == (201, "second")
