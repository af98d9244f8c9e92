"""Single checks as the API tells them."""

import pytest

from factories.metrics import make_monitor
from fixtures.cast import Member
from pingpong.kit.clock import utc_now
from pingpong.monitors.intake import take_outcomes
from pingpong.monitors.models import Monitor, Watch
from pingpong.pages.models import Page
from pingpong.probe.contract import Outcome

DEFAULT = 100


@pytest.fixture
def monitor(acme: Page) -> Monitor:
    return make_monitor(acme, url="https://example.com/", locations=["US West", "Japan"])


def watch_of(monitor: Monitor, location: str) -> int:
    watch, _ = Watch.objects.get_or_create(
        monitor=monitor, location=location, defaults={"interval_s": 60, "phase_s": 0}
    )
    return watch.pk


def take(*outcomes: Outcome) -> None:
    take_outcomes(outcomes, vantage="a", now=utc_now())


def begin() -> int:
    return int(utc_now().timestamp()) - 3600


def test_checks_are_told_newest_first(owner: Member, monitor: Monitor) -> None:
    start, watch = begin(), watch_of(monitor, "US West")
    take(
        Outcome(watch, start, "up", 120_500, 1_000, 20_000, 30_250, 50_000, 200, 40),
        Outcome(watch, start + 60, "status_unexpected", 5, status=503, detail="HTTP 503"),
        Outcome(watch, start + 120, "probe_fault"),
    )
    found = owner.get(f"/metrics/{monitor.pk}/checks").body
    assert [(one["outcome"], one["ok"], one["status"]) for one in found] == [
        ("probe_fault", None, None),
        ("status_unexpected", False, 503),
        ("up", True, 200),
    ]
    assert found[1]["detail"] == "HTTP 503"
    assert {name: found[2][name] for name in found[2] if name != "at"} == {
        "location": "US West",
        "outcome": "up",
        "ok": True,
        "status": 200,
        "total_ms": 120.5,
        "dns_ms": 1.0,
        "connect_ms": 20.0,
        "tls_ms": 30.25,
        "first_byte_ms": 50.0,
        "delay_ms": 40,
        "detail": "",
        "vantage": "a",
    }


def test_checks_of_one_location_are_told_by_themselves(owner: Member, monitor: Monitor) -> None:
    start = begin()
    take(*(Outcome(watch_of(monitor, place), start, "up") for place in ("US West", "Japan")))
    path = f"/metrics/{monitor.pk}/checks"
    assert len(owner.get(path).body) == 2
    assert [one["location"] for one in owner.get(path, location="japan").body] == ["Japan"]
    assert owner.get(path, location="Italy").body == []
    answer = owner.get(path, location="Atlantis")
    assert (answer.status, list(answer.body)) == (400, ["location"])


def test_a_hundred_come_unless_more_are_asked_for(owner: Member, monitor: Monitor) -> None:
    start, watch = begin(), watch_of(monitor, "US West")
    take(*(Outcome(watch, start + second, "up") for second in range(DEFAULT + 5)))
    path = f"/metrics/{monitor.pk}/checks"
    usual = owner.get(path)
    assert (len(usual.body), usual.headers["X-Total-Count"]) == (DEFAULT, "105")
    assert "limit=100&offset=100" in usual.headers["Link"]
    assert len(owner.get(path, limit=1000).body) == DEFAULT + 5
    assert owner.get(path, limit=2, offset=1).body == usual.body[1:3]


def test_checks_of_another_monitor_are_not_told(
    owner: Member, acme: Page, monitor: Monitor
) -> None:
    take(Outcome(watch_of(monitor, "US West"), begin(), "up"))
    other = make_monitor(acme, "Other")
    assert owner.get(f"/metrics/{other.pk}/checks").body == []
