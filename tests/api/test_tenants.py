"""What belongs to another page is what does not exist: in paths, bodies and queries."""

import json
import re
from typing import Any

import pytest

from api.bodies import body_for, value_for
from api.fingerprint import fingerprint
from api.surface import (
    LISTS,
    OPERATIONS,
    UNKNOWN_ID,
    WITH_ID,
    WRITES,
    Operation,
    Place,
    filled,
    ids_in,
    places,
)
from api.undoing import undone
from fixtures.api_client import Answer
from fixtures.cast import Belongings, Member
from pingpong.api.references import _List, _Reference

REFERENCES = [place for place in places() if isinstance(place.field, _Reference | _List)]
IDS_IN_PATHS = [
    pytest.param(operation, name, id=f"{operation} {name}")
    for operation in WITH_ID
    for name in operation.parameters
]
BY_ACCIDENT = {"X-Request-Id"}


def ask(who: Member, operation: Operation, ids: dict[str, str], of: Belongings) -> Answer:
    path = filled(operation.path, ids)
    if operation.method in WRITES:
        return who.ask(operation.method, path, body_for(operation, of))
    return who.ask(operation.method, path)


def told(answer: Answer) -> tuple[int, str, dict[str, str]]:
    headers = {name: text for name, text in answer.headers.items() if name not in BY_ACCIDENT}
    return answer.status, json.dumps(answer.body), headers


@pytest.mark.parametrize(("operation", "name"), IDS_IN_PATHS)
def test_a_foreign_id_in_a_path_is_an_unknown_one(
    operation: Operation, name: str, owner: Member, ours: Belongings, theirs: Belongings
) -> None:
    before = fingerprint()
    foreign = {**ids_in(operation, ours), name: ids_in(operation, theirs)[name]}
    unknown = {**foreign, name: UNKNOWN_ID}
    answer = ask(owner, operation, foreign, ours)
    assert (answer.status, answer.body) == (404, {"detail": "Not found."})
    assert told(answer) == told(ask(owner, operation, unknown, ours))
    assert fingerprint() == before


@pytest.mark.parametrize("operation", WITH_ID, ids=str)
def test_foreign_ids_all_along_a_path_are_unknown(
    operation: Operation, owner: Member, ours: Belongings, theirs: Belongings
) -> None:
    before = fingerprint()
    answer = ask(owner, operation, ids_in(operation, theirs), ours)
    assert (answer.status, answer.body) == (404, {"detail": "Not found."})
    assert fingerprint() == before


@pytest.mark.parametrize("place", REFERENCES, ids=str)
def test_a_foreign_id_in_a_body_is_an_unknown_one(
    place: Place, owner: Member, ours: Belongings, theirs: Belongings
) -> None:
    operation = place.operation
    path = filled(operation.path, ids_in(operation, ours))
    before = fingerprint()
    foreign = value_for(place.field, place.name, theirs)
    foreign_id = named(foreign)
    unknown = json.loads(json.dumps(foreign).replace(foreign_id, UNKNOWN_ID))
    answers = [
        owner.ask(operation.method, path, {**body_for(operation, ours), place.name: value})
        for value in (foreign, unknown)
    ]
    sentence = f'Invalid pk "{foreign_id}" - object does not exist.'
    assert (answers[0].status, answers[0].body) == (400, {place.name: [sentence]})
    assert told(answers[0])[1].replace(foreign_id, UNKNOWN_ID) == told(answers[1])[1]
    assert fingerprint() == before


def test_there_are_references_to_try() -> None:
    assert len(REFERENCES) >= 10


def named(value: Any) -> str:
    """Return the id in `"id"`, `["id"]` or `[{"id": ...}]`."""
    one = value[0] if isinstance(value, list) else value
    text = one["id"] if isinstance(one, dict) else one
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_one_foreign_metric_refuses_all_data_points(
    owner: Member, ours: Belongings, theirs: Belongings, method: str
) -> None:
    before = fingerprint()
    answers = []
    for other in (theirs.custom_metric.pk, UNKNOWN_ID):
        data = {ours.custom_metric.pk: [], other: [{"timestamp": 0, "value": 1}]}
        answer = owner.ask(method, "/custom-metrics/data", {"data": data})
        sentence = f'Invalid pk "{other}" - object does not exist.'
        assert (answer.status, answer.body) == (400, {"data": [sentence]})
        answers.append(told(answer)[1].replace(other, ""))
    assert answers[0] == answers[1]
    assert fingerprint() == before


@pytest.mark.parametrize("operation", LISTS, ids=str)
def test_a_list_has_only_what_is_ours(
    operation: Operation, owner: Member, ours: Belongings, theirs: Belongings
) -> None:
    path = filled(operation.path, ids_in(operation, ours))
    listed = owner.get(path).body
    assert len(listed) == 1
    assert "Lucky Charms" not in json.dumps(listed)


def test_a_foreign_group_filters_like_an_unknown_one(
    owner: Member, ours: Belongings, theirs: Belongings
) -> None:
    foreign = owner.get("/components", group=theirs.group.pk)
    assert told(foreign) == told(owner.get("/components", group=UNKNOWN_ID))
    assert foreign.body == []


def test_live_and_status_tell_of_one_page(
    owner: Member, stranger: Member, theirs: Belongings
) -> None:
    assert owner.get("/live").body["incidents"] == []
    assert owner.get("/status").body["status"] == "All systems operational"
    assert stranger.get("/status").body["status"] == "Some systems have issues"


@pytest.mark.parametrize(
    "header",
    ["X-Tenant", "X-Page-Id", "X-Project", "X-Forwarded-User", "X-Original-Url", "X-Rewrite-Url",
     "X-Http-Method-Override", "X-Forwarded-Host", "X-Forwarded-For", "Is-Multi-Tenant-Query"],
)  # fmt: skip
def test_no_header_of_the_client_leads_elsewhere(
    owner: Member, ours: Belongings, theirs: Belongings, header: str
) -> None:
    plain = owner.ask("GET", "/components")
    for text in (theirs.component.page_id, "/rest/v1/incidents", "DELETE", "true"):
        with_header = owner.ask("GET", "/components", **{header: text})
        assert told(with_header) == told(plain)


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.method in WRITES], ids=str)
def test_what_is_not_writable_is_not_written(
    operation: Operation, owner: Member, ours: Belongings, theirs: Belongings
) -> None:
    path = filled(operation.path, ids_in(operation, ours))
    body = body_for(operation, ours)
    answers = []
    for extra in ({}, not_writable(theirs)):
        with undone():
            answers.append(owner.ask(operation.method, path, {**extra, **body}))
    plain, answer = (without_ids(one) for one in answers)
    assert answer == plain
    assert UNKNOWN_ID not in json.dumps(answers[1].body)


def not_writable(theirs: Belongings) -> dict[str, object]:
    return {
        "id": UNKNOWN_ID,
        "page": theirs.component.page_id,
        "page_id": theirs.component.page_id,
        "project": "Lucky Charms",
        "reported_by": "Gladstone Gander",
        "position": 99,
        "role": "owner",
        "own_status": "Unknown",
        "status_color": "red",
        "resolved_at": "2026-01-01T00:00:00Z",
        "updates": [],
        "token": "x",
    }


def without_ids(answer: Answer) -> str:
    """Return the answer with made-up ids and times left out."""
    text = re.sub(r'"id": "\w+"', "", json.dumps(answer.body))
    return f"{answer.status} " + re.sub(r"\d\d:\d\d:\d\dZ", "", text)
