"""The 34 operations with the published requests: status, shape, types, words."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from contract.published import OPERATIONS, Operation, expected, keys_of, request
from fixtures.api_client import Answer
from fixtures.cast import Member

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ID = re.compile(r"[0-9A-Za-z]{22}")
COMPONENT_WORDS = {
    "Unknown",
    "Operational",
    "Minor issues",
    "Major issues",
    "Critical state",
    "Maintenance mode",
    "Unavailable",
}
INCIDENT_WORDS = {"In progress", "Investigating", "Identified", "Verifying", "Resolved"}
WORDS = {
    "status": COMPONENT_WORDS
    | INCIDENT_WORDS
    | {"Upcoming", "In progress", "Complete"}
    | {
        "All systems operational",
        "Some systems have issues",
        "All systems down",
        "Under maintenance",
    },
    "own_status": COMPONENT_WORDS,
    "affected_status": COMPONENT_WORDS,
    "status_color": {"green", "orange", "red", "gray"},
}
RETURNING = [one for one in OPERATIONS if one.answer and one.answer != "data_points"]
WRITING = [one for one in RETURNING if one.request]


def ask(owner: Member, operation: Operation, ids: dict[str, str], now: datetime) -> Answer:
    path = operation.path.format(**ids)
    if operation.request:
        return owner.ask(operation.method, path, request(operation.request, ids, now=now))
    return owner.ask(operation.method, path)


def everything(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every key and value, all the way down."""
    if isinstance(value, dict):
        for inner, one in value.items():
            yield from everything(one, inner)
    elif isinstance(value, list):
        for one in value:
            yield from everything(one, key)
    else:
        yield key, value


def test_there_are_thirty_four() -> None:
    assert [one.number for one in OPERATIONS] == list(range(1, 35))


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_it_answers_as_published(
    operation: Operation, owner: Member, ids: dict[str, str], now: datetime
) -> None:
    answer = ask(owner, operation, ids, now)
    assert answer.status == operation.status
    if operation.status == 204:
        assert (answer.body, answer.headers.get("Content-Length", "0")) == (b"", "0")
        return
    assert answer.headers["Content-Type"] == "application/json"
    for key, value in everything(answer.body):
        assert_has_its_form(key, value)
    if operation.answer != "data_points":
        assert isinstance(answer.body, list) is operation.is_list
        assert_published_keys(operation, answer.body[0] if operation.is_list else answer.body)


def assert_published_keys(operation: Operation, found: dict[str, Any]) -> None:
    """Compare all keys and their order; updates apart, since a sample may have none."""
    wanted = expected(operation.answer)
    if operation.answer == "live":
        wanted |= {"incidents": [expected("incident")], "maintenance": [expected("maintenance")]}
    for incident in (found, *found.get("incidents", [])):
        for update in incident.pop("updates", []):
            assert keys_of(update) == keys_of(expected("update"))
    for incident in (wanted, *wanted.get("incidents", [])):
        incident.pop("updates", None)
    assert keys_of(found) == keys_of(wanted)


def assert_has_its_form(key: str, value: object) -> None:
    if key == "checked_at" and value is None:
        return
    if key.endswith(("_at", "_for")):
        assert INSTANT.fullmatch(str(value)), (key, value)
    elif key == "id":
        assert ID.fullmatch(str(value))
    elif key == "project":
        assert value == "ACME"
    elif key in WORDS:
        assert value in WORDS[key]
    elif key in ("name", "title", "message", "url", "suffix", "reported_by"):
        assert isinstance(value, str), key


@pytest.mark.parametrize("operation", WRITING, ids=str)
def test_what_was_sent_comes_back(
    operation: Operation, owner: Member, ids: dict[str, str], now: datetime
) -> None:
    sent = request(operation.request, ids, now=now)
    found = ask(owner, operation, ids, now).body
    for key in ("notify_subscribers", "affected_components", "status"):
        sent.pop(key, None)
    if "message" in sent:
        sent["message"] = f"<div>{sent['message']}</div>"
    for key in ("component", "group"):
        if key in sent:
            found[key] = found[key]["id"]
    assert {key: found[key] for key in sent} == sent


def test_an_incident_names_its_component_with_the_words_of_the_sample(
    owner: Member, ids: dict[str, str]
) -> None:
    found = owner.get(f"/incidents/{ids['incident']}").body
    (component,) = found["affected_components"]
    assert (component["id"], component["status"], component["status_color"]) == (
        ids["component"],
        "Critical state",
        "red",
    )
    assert (found["status"], found["reported_by"]) == ("Investigating", "Donald Duck")


def test_data_points_are_answered_as_stored(
    owner: Member, ids: dict[str, str], now: datetime
) -> None:
    sent = request("data_points", ids, now=now)
    answer = owner.post("/custom-metrics/data", sent)
    points = sent["data"][ids["custom_metric"]]
    assert (answer.status, answer.body) == (
        200,
        {
            ids["custom_metric"]: [
                {"timestamp": point["timestamp"] // 60 * 60, "value": point["value"]}
                for point in points
            ]
        },
    )
