"""Settled points about components, metrics, numbers, defaults; the names bear the numbers."""

from datetime import timedelta

import pytest
from django.test import Client

from api.surface import OPERATIONS, Operation, form_of
from contract.published import METRIC_EXTENSIONS
from fixtures.cast import Belongings, Member
from pingpong.kit.clock import iso_z, utc_now

REQUIRED = {
    "POST /components": {"name"},
    "POST /component-groups": {"name"},
    "POST /incidents": {"title", "message"},
    "POST /incidents/<str:incident_id>/updates": {"status", "message"},
    "POST /maintenance": {"title", "scheduled_for", "ends_at"},
    "POST /metrics": {"name"},
    "POST /custom-metrics": {"name"},
    "POST /components/<str:id>/status": {"status"},
}
CREATING = [one for one in OPERATIONS if one.method == "POST" and form_of(one) is not None]


@pytest.fixture
def component(ours: Belongings) -> str:
    return f"/components/{ours.component.pk}"


@pytest.fixture
def calm(owner: Member, ours: Belongings) -> None:
    """Resolve what goes on, so that only the test's own events count."""
    owner.post(f"/incidents/{ours.incident.pk}/updates", {"status": "Resolved", "message": "x"})


def test_a12_live_names_the_pages_address(owner: Member) -> None:
    assert owner.get("/live").body == {
        "project": "ACME",
        "url": "http://testserver/s/acme/",
        "incidents": [],
        "maintenance": [],
    }


@pytest.mark.parametrize("operation", CREATING, ids=str)
def test_a16_creating_asks_for_what_is_required_all_at_once(
    operation: Operation, owner: Member, ours: Belongings
) -> None:
    path = operation.path.replace("<str:incident_id>", ours.incident.pk)
    answer = owner.post(path.replace("<str:id>", ours.component.pk), {})
    assert answer.status == 400
    assert answer.body == {name: ["This field is required."] for name in REQUIRED[str(operation)]}


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a16_what_is_not_named_stays(owner: Member, component: str, method: str) -> None:
    before = owner.get(component).body
    changed = owner.ask(method, component, {"description": "Of us all"}).body
    assert changed == {**before, "description": "Of us all"}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "POST"])
def test_a17_the_status_alone_is_set_by_three_verbs(
    owner: Member, component: str, calm: None, method: str
) -> None:
    answer = owner.ask(method, component + "/status", {"status": "unavailable"})
    assert (answer.status, answer.body) == (
        200,
        {
            "id": component.rpartition("/")[2],
            "status": "Unavailable",
            "status_color": "red",
        },
    )
    assert list(answer.body) == ["id", "status", "status_color"]


def test_a18_the_answer_is_the_shown_status_and_the_own_one_is_kept(
    owner: Member, component: str
) -> None:
    answer = owner.put(component + "/status", {"status": "Unknown"}).body
    assert answer["status"] == "Minor issues"
    shown = owner.get(component).body
    assert (shown["status"], shown["own_status"]) == ("Minor issues", "Unknown")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "Operational"),
        ({"status": None}, "Unknown"),
        ({"status": "Major issues"}, "Major issues"),
    ],
)
def test_a18_a_new_component_is_operational_unless_told_otherwise(
    owner: Member, fields: dict[str, object], status: str
) -> None:
    made = owner.post("/components", {"name": "API", **fields}).body
    assert (made["status"], made["own_status"]) == (status, status)


def test_a22_of_events_on_one_component_the_worst_shows(
    owner: Member, ours: Belongings, component: str, calm: None
) -> None:
    row_id, now = ours.component.pk, utc_now()
    owner.put(component + "/status", {"status": "Unavailable"})
    seen = [owner.get(component).body["status"]]
    for status in ("Operational", "Unknown"):
        affected = [{"id": row_id, "status": status}]
        owner.post("/incidents", {"title": "x", "message": "x", "affected_components": affected})
        seen.append(owner.get(component).body["status"])
    owner.post(
        "/maintenance",
        {
            "title": "x",
            "scheduled_for": iso_z(now - timedelta(hours=1)),
            "ends_at": iso_z(now + timedelta(hours=1)),
            "affected_components": [row_id],
        },
    )
    seen.append(owner.get(component).body["status"])
    for status in ("Minor issues", "Critical state", "Unavailable"):
        affected = [{"id": row_id, "status": status}]
        owner.post("/incidents", {"title": "x", "message": "x", "affected_components": affected})
        seen.append(owner.get(component).body["status"])
    assert seen == [
        "Unavailable",
        "Operational",
        "Unknown",
        "Maintenance mode",
        "Minor issues",
        "Critical state",
        "Critical state",
    ]


@pytest.mark.parametrize(
    ("own", "phrase", "color", "shields"),
    [
        ([], "All systems operational", "green", "Operational"),
        (["Unknown"], "All systems operational", "green", "Operational"),
        (["Operational", "Unknown"], "All systems operational", "green", "Operational"),
        (["Operational", "Minor issues"], "Some systems have issues", "orange", "Major issues"),
        (["Operational", "Unavailable"], "Some systems have issues", "orange", "Major issues"),
        (["Unavailable", "Critical state"], "All systems down", "red", "Critical state"),
        (["Critical state", "Unknown"], "All systems down", "red", "Critical state"),
        (["Operational", "Maintenance mode"], "Under maintenance", "gray", "Maintenance mode"),
        (
            ["Maintenance mode", "Major issues"],
            "Some systems have issues",
            "orange",
            "Major issues",
        ),
    ],
)
def test_a23_the_page_is_what_its_components_are(
    owner: Member, client: Client, own: list[str], phrase: str, color: str, shields: str
) -> None:
    for status in own:
        owner.post("/components", {"name": "API", "status": status})
    owner.post("/components", {"name": "Hidden", "status": "Major issues", "showcased": not own})
    if not own:
        owner.put(
            f"/components/{owner.get('/components').body[0]['id']}", {"status": "Operational"}
        )
    assert owner.get("/status").body == {"status": phrase, "status_color": color}
    key = owner.page.shields_key
    asked = [f"/widget/shields/status/{key}", f"/widget/badge/status/{key}"]
    told = [client.get(path).json() for path in asked]
    assert told == [{"status": shields}, {"message": shields, "color": color}]


def test_a23_an_event_that_touches_nothing_counts(owner: Member) -> None:
    now = utc_now()
    owner.post("/components", {"name": "API"})
    window = {
        "scheduled_for": iso_z(now - timedelta(hours=1)),
        "ends_at": iso_z(now + timedelta(hours=1)),
    }
    owner.post("/maintenance", {"title": "x", **window})
    seen = [owner.get("/status").body["status"]]
    owner.post("/incidents", {"title": "x", "message": "x"})
    seen.append(owner.get("/status").body["status"])
    assert seen == ["Under maintenance", "Some systems have issues"]


@pytest.mark.parametrize("path", ["/metrics", "/custom-metrics"])
def test_a25_created_at_can_be_given_but_not_in_the_future(owner: Member, path: str) -> None:
    now = utc_now()
    made = owner.post(path, {"name": "x", "created_at": "2020-02-19T16:13:58Z"}).body
    assert made["created_at"] == "2020-02-19T16:13:58Z"
    changed = owner.put(f"{path}/{made['id']}", {"created_at": "2021-01-01T00:00:00Z"}).body
    assert changed["created_at"] == "2021-01-01T00:00:00Z"
    later = owner.post(path, {"name": "x", "created_at": iso_z(now + timedelta(minutes=5))})
    assert (later.status, later.body) == (400, {"created_at": ["This must not be in the future."]})
    assert owner.post(path, {"name": "x"}).body["created_at"] >= iso_z(now)


@pytest.fixture
def points(ours: Belongings) -> tuple[str, int]:
    """Return the id of a custom metric and the beginning of this minute."""
    return ours.custom_metric.pk, int(utc_now().timestamp()) // 60 * 60


def test_a27_discarded_points_are_left_out_and_of_a_minute_the_last_counts(
    owner: Member, ours: Belongings, points: tuple[str, int]
) -> None:
    row_id, minute = points
    other = owner.post("/custom-metrics", {"name": "x"}).body["id"]
    long_ago = minute - 31 * 86_400
    sent = {
        row_id: [
            {"timestamp": minute + 5, "value": 1},
            {"timestamp": long_ago, "value": 9},
            {"timestamp": minute - 60, "value": 3.5},
            {"timestamp": minute + 59, "value": 2},
        ],
        other: [{"timestamp": long_ago, "value": 9}],
    }
    answer = owner.post("/custom-metrics/data", {"data": sent})
    assert answer.body == {
        row_id: [{"timestamp": minute - 60, "value": 3.5}, {"timestamp": minute, "value": 2}],
        other: [],
    }


@pytest.mark.parametrize(("ahead_s", "status"), [(23 * 3600, 200), (25 * 3600, 400), (2**33, 400)])
def test_a28_a_day_ahead_is_the_most(
    owner: Member, points: tuple[str, int], ahead_s: int, status: int
) -> None:
    row_id, minute = points
    sent = {"data": {row_id: [{"timestamp": minute + ahead_s, "value": 1}]}}
    assert owner.post("/custom-metrics/data", sent).status == status


def test_a32_a_metric_may_belong_to_no_component(owner: Member, ours: Belongings) -> None:
    for path in ("/metrics", "/custom-metrics"):
        made = owner.post(path, {"name": "x", "component": ours.component.pk}).body
        assert made["component"]["id"] == ours.component.pk
        changed = owner.put(f"{path}/{made['id']}", {"component": None}).body
        assert changed["component"] is None


def test_a36_components_and_groups_come_in_page_order(owner: Member) -> None:
    for path in ("/components", "/component-groups"):
        for name in ("b", "a", "c"):
            owner.post(path, {"name": name})
        assert [one["name"] for one in owner.get(path).body] == ["b", "a", "c"]


def test_4b_defaults_of_a_metric(owner: Member) -> None:
    made = owner.post("/metrics", {"name": "API"}).body
    del made["id"], made["created_at"]
    assert made == {
        "project": "ACME",
        "name": "API",
        "description": None,
        "component": None,
        "url": "",
        "frequency": "5 minutes",
        "location": "US West",
        "showcased": "Showcase uptime and response time",
        **METRIC_EXTENSIONS,
    }


def test_4b_defaults_of_a_custom_metric(owner: Member) -> None:
    made = owner.post("/custom-metrics", {"name": "Errors"}).body
    del made["id"], made["created_at"]
    assert made == {
        "project": "ACME",
        "name": "Errors",
        "description": None,
        "component": None,
        "suffix": "",
        "rollup": "Mean value",
        "showcased": True,
    }


def test_4b_defaults_of_events_components_and_groups(owner: Member) -> None:
    window = {"scheduled_for": "2030-01-01T00:00:00Z", "ends_at": "2030-01-02T00:00:00Z"}
    planned = owner.post("/maintenance", {"title": "x", **window}).body
    assert (planned["message"], planned["affected_components"]) == ("", [])
    opened = owner.post("/incidents", {"title": "x", "message": "y"}).body
    assert (opened["affected_components"], opened["updates"]) == ([], [])
    component = owner.post("/components", {"name": "API"}).body
    assert (component["group"], component["description"], component["showcased"]) == (
        None,
        None,
        True,
    )
    assert owner.post("/component-groups", {"name": "x"}).body["description"] is None


def test_4b_shields_uptime_is_100_without_data(owner: Member, client: Client) -> None:
    key = owner.page.shields_key
    asked = [f"/widget/shields/uptime/{key}", f"/widget/badge/uptime/{key}"]
    told = [client.get(path).json() for path in asked]
    assert told == [{"uptime": 100.0}, {"message": "100%", "color": "green"}]


@pytest.mark.parametrize(
    "kind", ["component", "group", "incident", "maintenance", "monitor", "custom_metric"]
)
def test_5_everything_can_be_deleted(owner: Member, ours: Belongings, kind: str) -> None:
    folder = {
        "component": "components",
        "group": "component-groups",
        "incident": "incidents",
        "maintenance": "maintenance",
        "monitor": "metrics",
        "custom_metric": "custom-metrics",
    }[kind]
    path = f"/{folder}/{getattr(ours, kind).pk}"
    answer = owner.delete(path)
    assert (answer.status, answer.body) == (204, b"")
    assert [owner.get(path).status, owner.delete(path).status] == [404, 404]
    assert owner.get(f"/{folder}").body == []


def test_5_a_deleted_group_leaves_its_components(owner: Member, ours: Belongings) -> None:
    owner.delete(f"/component-groups/{ours.group.pk}")
    assert owner.get(f"/components/{ours.component.pk}").body["group"] is None
