"""Uptime and response times over a stretch of time, as the API tells them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from factories.metrics import make_monitor
from fixtures.cast import Member
from pingpong.kit.clock import iso_z, utc_now, whole_second
from pingpong.monitors.intake import take_outcomes
from pingpong.monitors.models import Monitor, Verdict, VerdictSpan, Watch
from pingpong.pages.models import Page
from pingpong.probe.contract import Outcome

HOUR_S = 3600


@pytest.fixture
def monitor(acme: Page) -> Monitor:
    return make_monitor(acme, url="https://example.com/", locations=["US West"])


def last_hour() -> int:
    """Return the start of the last hour that is over, in seconds since 1970."""
    return int(utc_now().timestamp()) // HOUR_S * HOUR_S - HOUR_S


def history(owner: Member, monitor: Monitor, **query: object) -> Any:
    answer = owner.get(f"/metrics/{monitor.pk}/history", **query)
    assert answer.status == 200, answer.body
    return answer.body


def refused(owner: Member, monitor: Monitor, query: str) -> list[str]:
    answer = owner.get(f"/metrics/{monitor.pk}/history?{query}")
    assert answer.status == 400, answer.body
    return list(answer.body)


def at(second: int) -> str:
    return iso_z(datetime.fromtimestamp(second, tz=UTC))


def measure(monitor: Monitor, start: int) -> None:
    watch = Watch.objects.get(monitor=monitor).pk
    outcomes = [
        Outcome(watch, start, "up", 100_000),
        Outcome(watch, start + 60, "up", 300_000),
        Outcome(watch, start + 120, "connect_refused", 5_000),
        Outcome(watch, start + 180, "probe_fault"),
    ]
    take_outcomes(outcomes, vantage="a", now=utc_now())


@pytest.mark.parametrize("step", ["hour", "HOUR", "day"])
def test_a_point_has_counts_and_times(owner: Member, monitor: Monitor, step: str) -> None:
    start = last_hour()
    measure(monitor, start)
    found = history(owner, monitor, step=step)
    (point,) = found["points"]
    assert found["step"] == step.lower()
    assert {name: point[name] for name in ("n", "ok", "degraded", "gaps")} == {
        "n": 3,
        "ok": 2,
        "degraded": 0,
        "gaps": 1,
    }
    assert (point["mean_ms"], point["min_ms"], point["max_ms"]) == (200.0, 100.0, 300.0)
    assert point["p50_ms"] == pytest.approx(100, rel=0.08)
    assert point["p99_ms"] == pytest.approx(300, rel=0.08)


def test_short_steps_tell_single_minutes(owner: Member, monitor: Monitor) -> None:
    start = last_hour()
    measure(monitor, start)
    asked = {"from": at(start), "to": at(start + HOUR_S), "step": "minute"}
    found = history(owner, monitor, **asked)
    assert (found["from"], found["to"]) == (at(start), at(start + HOUR_S))
    assert [(one["at"], one["n"], one["ok"], one["mean_ms"]) for one in found["points"]] == [
        (at(start), 1, 1, 100.0),
        (at(start + 60), 1, 1, 300.0),
        (at(start + 120), 1, 0, None),
        (at(start + 180), 0, 0, None),
    ]


def test_without_words_it_is_the_last_day(owner: Member, monitor: Monitor) -> None:
    found = history(owner, monitor)
    assert (found["step"], found["uptime"], found["points"]) == ("5 minutes", None, [])
    assert found["locations"] == ["US West"]
    assert list(found) == ["from", "to", "step", "uptime", "locations", "points"]


@pytest.mark.parametrize(
    ("span", "step"),
    [
        (timedelta(seconds=1), "minute"),
        (timedelta(hours=3), "minute"),
        (timedelta(hours=24), "5 minutes"),
        (timedelta(hours=72), "10 minutes"),
        (timedelta(days=31), "hour"),
        (timedelta(days=90), "day"),
        (timedelta(days=400), "day"),
    ],
)
def test_the_usual_step_follows_the_span(
    owner: Member, monitor: Monitor, span: timedelta, step: str
) -> None:
    end = whole_second(utc_now())
    asked = {"from": iso_z(end - span), "to": iso_z(end)}
    assert history(owner, monitor, **asked)["step"] == step


def test_uptime_is_that_of_the_verdicts(owner: Member, monitor: Monitor) -> None:
    start = last_hour()
    VerdictSpan.objects.create(monitor=monitor, state="down", start=start, end=start + 600)
    Verdict.objects.create(
        monitor=monitor, state="up", since=start + 600, covered_until=start + HOUR_S
    )
    asked = {"from": at(start), "to": at(start + HOUR_S)}
    assert history(owner, monitor, **asked)["uptime"] == 83.33
    late = {"from": at(start + 600), "to": at(start + HOUR_S)}
    assert history(owner, monitor, **late)["uptime"] == 100.0


def test_one_location_is_told_by_itself(owner: Member, monitor: Monitor) -> None:
    measure(monitor, last_hour())
    found = history(owner, monitor, location="us west", step="hour")
    assert (found["locations"], len(found["points"])) == (["US West"], 1)
    found = history(owner, monitor, location="Japan", step="hour")
    assert (found["locations"], found["points"]) == (["Japan"], [])


@pytest.mark.parametrize(
    "stretch",
    ["2026-01-01T00:00:00%2B02:00", "2026-01-01T00:00:00+02:00", "2025-12-31T22:00:00Z"],
)
def test_any_offset_is_taken(owner: Member, monitor: Monitor, stretch: str) -> None:
    answer = owner.get(f"/metrics/{monitor.pk}/history?from={stretch}&step=day")
    assert (answer.status, answer.body["from"]) == (200, "2025-12-31T22:00:00Z")


def test_what_is_to_come_is_left_out(owner: Member, monitor: Monitor) -> None:
    found = history(owner, monitor, to="2099-01-01T00:00:00Z", step="hour")
    assert found["to"] <= iso_z(utc_now())


@pytest.mark.parametrize("word", ["", "%00", "yesterday", "5", "null", "2026-13-01", "1999-01-01"])
@pytest.mark.parametrize("name", ["from", "to"])
def test_an_instant_that_is_none_is_refused(
    owner: Member, monitor: Monitor, name: str, word: str
) -> None:
    assert refused(owner, monitor, f"{name}={word}") == [name]


@pytest.mark.parametrize("word", ["", "second", "60", "2 minutes", "%00", "week"])
def test_a_step_that_is_none_is_refused(owner: Member, monitor: Monitor, word: str) -> None:
    assert refused(owner, monitor, f"step={word}") == ["step"]


def test_a_location_that_is_none_is_refused(owner: Member, monitor: Monitor) -> None:
    assert refused(owner, monitor, "location=Atlantis") == ["location"]


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
        "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
        "from=2099-01-01T00:00:00Z",
    ],
)
def test_a_beginning_that_is_not_before_the_end_is_refused(
    owner: Member, monitor: Monitor, query: str
) -> None:
    assert refused(owner, monitor, query) == ["from"]


@pytest.mark.parametrize(("seconds", "is_taken"), [(2000 * 60, True), (2000 * 60 + 1, False)])
def test_two_thousand_points_are_the_most(
    owner: Member, monitor: Monitor, seconds: int, is_taken: bool
) -> None:
    end = last_hour()
    query = f"from={at(end - seconds)}&to={at(end)}&step=minute"
    answer = owner.get(f"/metrics/{monitor.pk}/history?{query}")
    assert (answer.status == 200) is is_taken
    assert is_taken or list(answer.body) == ["step"]
