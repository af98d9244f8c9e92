"""Settled points of the contract about words, colours and ids; the names bear the numbers."""

import re

import pytest

from fixtures.api_client import Answer
from fixtures.cast import Belongings, Member
from pingpong.monitors.models import Frequency, Location, Showcase

STATUSES = {
    "Unknown": "gray",
    "Operational": "green",
    "Minor issues": "orange",
    "Major issues": "orange",
    "Critical state": "red",
    "Maintenance mode": "gray",
    "Unavailable": "red",
}
ROLLUPS = {
    "Mean value": ["mean value", "MEAN", "avg"],
    "Mean value (rounded)": ["mean value (ROUNDED)"],
    "Sum of all values": ["sum of all values", "sum"],
    "Minimum value": ["minimum VALUE", "min", "Minimum"],
    "Maximum value": ["maximum value", "Max", "maximum"],
}
PUBLISHED_LOCATIONS = [
    "US West", "US East", "Brazil", "United Kingdom", "Italy",
    "Sweden", "South Africa", "Singapore", "Australia", "Japan",
]  # fmt: skip
PUBLISHED_FREQUENCIES = [
    "minute", "2 minutes", "5 minutes", "10 minutes", "15 minutes", "30 minutes", "60 minutes",
]  # fmt: skip
PUBLISHED_SHOWCASES = [
    "Don't showcase",
    "Showcase uptime and response time",
    "Showcase uptime",
    "Showcase response time",
]
BASE62 = ("GZ7tIAmLacSDW7sHe9Fskl", "LlPtdb4hXX3447YH7XYrt9", "bHH6yReKWkL92llkdk6sd7")


def metric(owner: Member, **fields: object) -> Answer:
    return owner.post("/metrics", {"name": "API", **fields})


def custom_metric(owner: Member, **fields: object) -> Answer:
    return owner.post("/custom-metrics", {"name": "Errors", **fields})


@pytest.mark.parametrize(
    ("given", "emitted"),
    [(spelling, word) for word, some in ROLLUPS.items() for spelling in (word, *some)],
)
def test_a1_rollups_are_taken_by_alias_and_emitted_by_the_enum(
    owner: Member, given: str, emitted: str
) -> None:
    assert custom_metric(owner, rollup=given).body["rollup"] == emitted


@pytest.mark.parametrize(("status", "color"), STATUSES.items())
def test_a2_a3_every_status_has_its_spelling_and_colour(
    owner: Member, status: str, color: str
) -> None:
    for spelling in (status, status.upper(), f" {status.lower()} "):
        made = owner.post("/components", {"name": "API", "status": spelling}).body
        assert (made["status"], made["status_color"]) == (status, color)


@pytest.mark.parametrize("fields", [{}, {"url": None}, {"url": ""}, {"url": "  "}])
def test_a4_a_metric_without_an_address_answers_an_empty_one(
    owner: Member, fields: dict[str, object]
) -> None:
    answer = metric(owner, **fields)
    assert (answer.status, answer.body["url"]) == (201, "")


def test_a4_an_address_can_be_set_and_taken_away(owner: Member) -> None:
    made = metric(owner, url="https://example.com/").body
    path = f"/metrics/{made['id']}"
    urls = (None, "http://[::1]:8080/x?y=z", "")
    changed = [owner.put(path, {"url": url}).body["url"] for url in urls]
    assert [made["url"], *changed] == ["https://example.com/", "", "http://[::1]:8080/x?y=z", ""]


def test_a5_metrics_have_the_enums_of_their_requests() -> None:
    assert Location.values == PUBLISHED_LOCATIONS
    assert Frequency.values == PUBLISHED_FREQUENCIES
    assert sorted(Showcase.values) == sorted(PUBLISHED_SHOWCASES)


@pytest.mark.parametrize("reference", ["group", "component"])
@pytest.mark.parametrize("text", ["z" * 22, "z" * 23, "z" * 255, "z" * 256, "a-b", ""])
def test_a11_an_id_that_names_nothing_is_a_bad_request(
    owner: Member, reference: str, text: str
) -> None:
    path = "/components" if reference == "group" else "/metrics"
    answer = owner.post(path, {"name": "API", reference: text})
    shown = text[:60]
    assert (answer.status, answer.body) == (
        400,
        {reference: [f'Invalid pk "{shown}" - object does not exist.']},
    )


@pytest.mark.parametrize("row_id", BASE62)
def test_a15_published_ids_are_readable_and_unknown(owner: Member, row_id: str) -> None:
    assert owner.get(f"/components/{row_id}").status == 404


def test_a15_ids_are_base57_and_tokens_hex(owner: Member, ours: Belongings) -> None:
    assert re.fullmatch("[2-9A-HJ-NP-Za-km-z]{22}", ours.component.pk)
    assert re.fullmatch("[0-9a-f]{40,}", owner.token or "")


def test_a15_the_published_token_is_unknown(owner: Member) -> None:
    published = "Token 5c10213ag542d5738bbeaabbe12f35ef9c89f537"
    assert owner.ask("GET", "/status", authorization=published).status == 401


@pytest.mark.parametrize(
    ("field", "word"),
    [
        *[("frequency", word) for word in PUBLISHED_FREQUENCIES],
        *[("location", word) for word in PUBLISHED_LOCATIONS],
        *[("showcased", word) for word in PUBLISHED_SHOWCASES],
    ],
)
def test_a26_enums_count_in_any_case(owner: Member, field: str, word: str) -> None:
    told = [
        metric(owner, **{field: spelling}).body[field]
        for spelling in (word, word.upper(), word.lower())
    ]
    assert told == [word] * 3


def test_a38_showcased_is_a_boolean_or_a_word_by_kind(owner: Member) -> None:
    assert metric(owner, showcased=True).body["showcased"] == "Showcase uptime and response time"
    assert metric(owner, showcased=False).body["showcased"] == "Don't showcase"
    for value in (True, False):
        assert custom_metric(owner, showcased=value).body["showcased"] is value
        made = owner.post("/components", {"name": "API", "showcased": value})
        assert made.body["showcased"] is value
    assert custom_metric(owner, showcased="Showcase uptime").status == 400
