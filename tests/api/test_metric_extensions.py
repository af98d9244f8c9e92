"""What metrics can do beyond the published fields."""

import json
from typing import Any

import pytest

from factories.metrics import make_monitor
from fixtures.cast import Belongings, Member
from fixtures.queries import QueryCount
from pingpong.monitors.models import Monitor, Verdict, Watch
from pingpong.pages.models import Page

HEADERS = [{"name": "X-Key", "value": "s3cret-1"}, {"name": "Cookie", "value": "s3cret-2"}]


def create(owner: Member, **fields: object) -> Any:
    answer = owner.post("/metrics", {"name": "API", **fields})
    assert answer.status == 201, answer.body
    return answer.body


def change(owner: Member, metric: Any, **fields: object) -> Any:
    answer = owner.put(f"/metrics/{metric['id']}", fields)
    assert answer.status == 200, answer.body
    return answer.body


def test_everything_can_be_said_at_once(owner: Member) -> None:
    sent = {
        "kind": "tcp",
        "url": "db.example.com:5432",
        "locations": ["Japan", "Brazil"],
        "paused": True,
        "status_when_down": "Major issues",
        "incident_when_down": "draft",
    }
    made = create(owner, **sent, check={"timeout_ms": 2000, "confirmations": 3})
    assert {name: made[name] for name in sent} == sent
    assert (made["location"], made["state"], made["checked_at"]) == ("Japan", "unknown", None)
    assert (made["check"]["timeout_ms"], made["check"]["confirmations"]) == (2000, 3)


def test_words_are_taken_in_any_case(owner: Member) -> None:
    made = create(owner, kind="DNS", url="example.com", locations=["us west", "JAPAN", "Us West"])
    assert (made["kind"], made["locations"]) == ("dns", ["US West", "Japan"])


def test_the_first_of_the_locations_is_the_contracts(owner: Member) -> None:
    made = create(owner, locations=["Japan", "Brazil"])
    assert change(owner, made, location="Sweden")["locations"] == ["Sweden", "Brazil"]
    found = change(owner, made, locations=["Italy"])
    assert (found["location"], found["locations"]) == ("Italy", ["Italy"])


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("http", "https://example.com/x?y=z"),
        ("tcp", "example.com:22"),
        ("tcp", "192.0.2.1:80"),
        ("tcp", "[2001:db8::1]:443"),
        ("icmp", "example.com"),
        ("icmp", "2001:db8::1"),
        ("icmp", "10.0.0.1"),
        ("dns", "_dmarc.example.com"),
        ("heartbeat", ""),
    ],
)
def test_an_address_is_taken_as_its_kind_wants_it(owner: Member, kind: str, url: str) -> None:
    assert create(owner, kind=kind, url=url)["url"] == url


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("http", "example.com"),
        ("http", "example.com:80"),
        ("http", "https://www" + "..example/"),
        ("tcp", "https://example.com/"),
        ("tcp", "example.com"),
        ("tcp", "example.com:0"),
        ("tcp", "example.com:65536"),
        ("icmp", "example.com:80"),
        ("icmp", "https://example.com/"),
        ("dns", "example.com/"),
        ("dns", "a b"),
        ("heartbeat", "https://example.com/"),
    ],
)
def test_an_address_of_another_kind_is_refused(owner: Member, kind: str, url: str) -> None:
    answer = owner.post("/metrics", {"name": "API", "kind": kind, "url": url})
    assert (answer.status, list(answer.body)) == (400, ["url"])
    assert Monitor.objects.count() == 0


def test_a_changed_kind_asks_for_its_own_address(owner: Member) -> None:
    made = create(owner, url="https://example.com/")
    refused = owner.put(f"/metrics/{made['id']}", {"kind": "tcp"})
    assert (refused.status, list(refused.body)) == (400, ["url"])
    changed = change(owner, made, kind="tcp", url="example.com:443")
    assert (changed["kind"], changed["url"]) == ("tcp", "example.com:443")
    # Without a word on the kind the address is that of the kind that it is.
    assert owner.put(f"/metrics/{made['id']}", {"url": "https://example.com/"}).status == 400
    assert change(owner, made, name="Other")["url"] == "example.com:443"


def test_a_wrong_address_is_told_with_what_else_is_wrong(owner: Member) -> None:
    body = {"name": "", "kind": "tcp", "url": "x", "check": {"timeout_ms": 1}}
    assert set(owner.post("/metrics", body).body) == {"name", "url", "check"}


@pytest.mark.parametrize("locations", [None, [], ["Atlantis"], "Japan", [None], [["Japan"]]])
def test_locations_are_some_of_the_ten(owner: Member, locations: object) -> None:
    answer = owner.post("/metrics", {"name": "API", "locations": locations})
    assert (answer.status, list(answer.body)) == (400, ["locations"])


@pytest.mark.parametrize("word", ["Operational", "Unknown", "Maintenance mode", "red"])
def test_what_a_monitor_says_when_it_is_down_is_that_something_is_wrong(
    owner: Member, word: str
) -> None:
    answer = owner.post("/metrics", {"name": "API", "status_when_down": word})
    assert (answer.status, list(answer.body)) == (400, ["status_when_down"])


def test_secrets_are_never_answered(owner: Member) -> None:
    check = {"headers": HEADERS, "username": "me", "password": "s3cret-3", "bearer": "s3cret-4"}
    made = create(owner, check=check)
    changed = change(owner, made, check={"keyword": "x"})
    assert changed["check"]["headers"] == [
        {"name": "X-Key", "value": None},
        {"name": "Cookie", "value": None},
    ]
    assert (changed["check"]["has_password"], changed["check"]["has_bearer"]) == (True, True)
    told = json.dumps([made, changed, owner.get("/metrics").body])
    assert "s3cret" not in told
    assert "s3cret" not in str(list(Monitor.objects.values()))


def test_what_was_answered_may_be_sent_back(owner: Member) -> None:
    made = create(owner, check={"headers": HEADERS, "password": "s3cret-3"})
    before = Monitor.objects.get().sealed_secrets
    echoed = {**made, "component": None}
    assert change(owner, made, **echoed) == made
    assert bytes(Monitor.objects.get().sealed_secrets) != bytes(before)  # sealed anew
    changed = change(owner, made, check={"headers": [made["check"]["headers"][1]]})
    assert [one["name"] for one in changed["check"]["headers"]] == ["Cookie"]


@pytest.mark.parametrize("empty", [None, ""])
def test_a_secret_is_cleared_by_null_and_by_nothing(owner: Member, empty: object) -> None:
    made = create(owner, check={"headers": HEADERS, "password": "a", "bearer": "b"})
    cleared = change(owner, made, check={"headers": None, "password": empty, "bearer": empty})
    assert cleared["check"] == create(owner)["check"]


def test_secrets_under_another_key_are_as_none(owner: Member) -> None:
    made = create(owner, check={"password": "a"})
    Monitor.objects.update(sealed_secrets=b"x" * 40)
    found = owner.get(f"/metrics/{made['id']}").body["check"]
    assert (found["has_password"], found["headers"]) == (False, [])


def test_options_that_cannot_be_read_are_answered_as_their_defaults(owner: Member) -> None:
    made = create(owner, check={"confirmations": 3})
    Monitor.objects.filter(pk=made["id"]).update(options={"method": "PUT", "confirmations": 3})
    check = owner.get(f"/metrics/{made['id']}").body["check"]
    assert (check["method"], check["confirmations"]) == ("GET", 3)


def test_the_state_is_that_of_the_verdict(owner: Member) -> None:
    made = create(owner, url="https://example.com/")
    Verdict.objects.create(monitor_id=made["id"], state="down", since=0, covered_until=5)
    Watch.objects.update(last_slot=1_700_000_000)
    found = owner.get("/metrics").body[0]
    assert (found["state"], found["checked_at"]) == ("down", "2023-11-14T22:13:20Z")
    paused = owner.post(f"/metrics/{made['id']}/pause").body
    assert (paused["state"], paused["paused"]) == ("unknown", True)


@pytest.mark.parametrize(("verb", "paused"), [("pause", True), ("resume", False)])
def test_pausing_and_resuming_may_be_said_twice(owner: Member, verb: str, paused: bool) -> None:
    made = create(owner, url="https://example.com/", paused=not paused)
    answers = [owner.post(f"/metrics/{made['id']}/{verb}") for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 200]
    assert answers[0].body == answers[1].body == {**made, "paused": paused}


def test_only_a_heartbeat_has_an_address_to_call(owner: Member) -> None:
    made = create(owner, kind="heartbeat")
    key = Monitor.objects.get().heartbeat_key
    assert made["heartbeat_url"] == f"http://testserver/heartbeat/{key}"
    assert create(owner)["heartbeat_url"] is None


def test_who_may_only_read_is_not_told_where_a_heartbeat_calls(
    owner: Member, responder: Member, viewer: Member
) -> None:
    made = create(owner, kind="heartbeat")
    path = f"/metrics/{made['id']}"
    assert responder.get(path).body == made
    assert viewer.get(path).body == {**made, "heartbeat_url": None}
    assert viewer.get("/metrics").body == [{**made, "heartbeat_url": None}]


@pytest.mark.parametrize("path", ["/metrics", "/metrics/{id}/checks", "/metrics/{id}/history"])
def test_three_cost_as_many_queries_as_one(
    path: str, owner: Member, acme: Page, ours: Belongings, query_count: QueryCount
) -> None:
    counts = []
    for more in (0, 2):
        for number in range(more):
            extra = make_monitor(acme, f"M {number}", locations=["Japan", "Brazil"])
            Verdict.objects.create(monitor=extra, state="up", since=0, covered_until=5)
        with query_count() as counted:
            owner.get(path.format(id=ours.monitor.pk))
        counts.append(len(counted))
    assert counts[0] == counts[1]
