"""Query parameters, wrong in every way."""

import json
import re

import pytest

from api.surface import LISTS, OPERATIONS, Operation, path_to
from fixtures.api_client import Answer
from fixtures.cast import Belongings, Member

READING = [one for one in OPERATIONS if one.method == "GET"]
PAGED = [*LISTS, *(one for one in READING if one.path.endswith("/checks"))]
NO_NUMBERS = (
    "", "%20", "+1", "%2B1", "-1", "1.0", "1e3", "0x10", "1_000", "NaN", "abc", "%00", "1%00",
    "%ff", "%ED%A0%80", "%D9%A1", "%EF%BC%91", "%C2%B2", "null", "true", "[]", "1,2", "9" * 13,
    "9" * 5000, "0" * 12 + "9" * 18, "0" * 12 + "9" * 5000, "1;drop", "1'--", "{{7*7}}",
)  # fmt: skip
NO_WORDS = (
    "", "%00", "Resolved%00", "%ff", "%ED%A0%80", "nonsense", "5", "null", "[]", "x" * 8000,
    "Resolved,Identified", "' OR 1=1 --", "{{7*7}}", "%E2%80%AEdevloseR",
)  # fmt: skip
NO_IDS = (*NO_WORDS, "z" * 22, "z" * 23, "../groups", "a b", "%F0%9F%A6%A9")
ODD_QUERIES = (
    "?", "?&&&", "?=", "?limit", "?=5", "?limit[]=5", "?limit[$gt]=1",
    "?format=xml", "?format=api", "?page=2", "?sort=;drop", "?%00=%00", "?%ff=%ff", "?a" * 3000,
    "?fields=id&expand=*&select=*", "?_method=DELETE",
)  # fmt: skip
FAR = 2**31


@pytest.mark.parametrize("name", ["limit", "offset"])
@pytest.mark.parametrize("operation", PAGED, ids=str)
def test_limit_and_offset_are_whole_numbers(
    operation: Operation, name: str, owner: Member, ours: Belongings
) -> None:
    path = path_to(operation, ours)
    wrong = [*NO_NUMBERS, str(FAR), "0" if name == "limit" else "-0"]
    told = {raw: owner.ask("GET", f"{path}?{name}={raw}") for raw in wrong}
    assert {
        raw[-40:]: (answer.status, answer.body)
        for raw, answer in told.items()
        if answer.status != 400 or list(answer.body) != [name]
    } == {}


@pytest.mark.parametrize("path", ["/incidents", "/maintenance"])
def test_status_is_one_of_the_words(owner: Member, ours: Belongings, path: str) -> None:
    told = {raw: owner.ask("GET", f"{path}?status={raw}") for raw in NO_WORDS}
    assert {
        raw[-40:]: (answer.status, answer.body)
        for raw, answer in told.items()
        if answer.status != 400 or list(answer.body) != ["status"]
    } == {}


def test_an_unreadable_group_is_an_empty_one(owner: Member, ours: Belongings) -> None:
    told = {raw: owner.ask("GET", f"/components?group={raw}") for raw in NO_IDS}
    assert {(answer.status, str(answer.body)) for answer in told.values()} == {(200, "[]")}


def told(answer: Answer) -> tuple[int, str]:
    """Return status and body without the present, which a history tells."""
    return answer.status, re.sub(r"T[\d:]{8}Z", "", json.dumps(answer.body))


@pytest.mark.parametrize("operation", READING, ids=str)
def test_what_a_route_does_not_know_is_ignored(
    operation: Operation, owner: Member, ours: Belongings
) -> None:
    path = path_to(operation, ours)
    plain = owner.ask("GET", path)
    for query in ODD_QUERIES:
        if "limit" in query and operation in PAGED and "[" not in query:
            continue
        answer = owner.ask("GET", path + query)
        assert told(answer) == told(plain), query


@pytest.mark.parametrize("operation", READING, ids=str)
def test_a_flood_of_parameters_is_refused_in_json(
    operation: Operation, owner: Member, ours: Belongings
) -> None:
    answer = owner.ask("GET", path_to(operation, ours) + "?" + "a=1&" * 2000)
    assert (answer.status, answer.body) == (400, {"detail": "Malformed request."})


@pytest.mark.parametrize("query", ["?limit", "?offset", "?limit=&offset="])
def test_a_parameter_without_a_value_is_no_number(owner: Member, query: str) -> None:
    assert owner.ask("GET", "/components" + query).status == 400
