from datetime import timedelta

import pytest

from factories.metrics import make_monitor
from factories.moments import at
from factories.outcomes import seen, ups
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.monitors.models import ProbeAgent
from pingpong.runtime.measurement_figures import figures

pytestmark = pytest.mark.django_db


def told(minutes: float) -> dict[tuple[str, tuple[str, ...]], float]:
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for metric in figures(at(minutes))
        for sample in metric.samples
    }


def add_agent(name: str, seen_minutes_ago: float = 0) -> None:
    ProbeAgent.objects.create(
        name=name,
        vantage=name,
        locations=["Japan"],
        version="1",
        started_at=at(0),
        seen_at=at(60) - timedelta(minutes=seen_minutes_ago),
        is_connected=True,
        in_flight=0,
        spooled=3,
        skew_s=0.5,
    )


def test_nothing_measured_is_nothing_to_alarm_about() -> None:
    assert told(0) == {
        ("pingpong_watches", ()): 0,
        ("pingpong_checks_pending", ()): 0,
        ("pingpong_monitors", ("up",)): 0,
        ("pingpong_monitors", ("down",)): 0,
        ("pingpong_monitors", ("unknown",)): 0,
    }


def test_monitors_are_counted_by_verdict_and_a_late_agenda_shows() -> None:
    page = make_page()
    for words in (ups(3), ["read_timeout"] * 3):
        monitor = make_monitor(page, now=at(0), url="https://acme.example/")
        seen(monitor, words, since=at(0))
    monitor.watches.update(next_slot=int(at(20).timestamp()))
    found = told(21)
    assert found["pingpong_monitors", ("up",)] == 1
    assert found["pingpong_monitors", ("down",)] == 1
    assert found["pingpong_agenda_lag_seconds", ()] >= 60


def test_agent_that_fell_silent_is_not_connected() -> None:
    add_agent("berlin")
    add_agent("tokyo", seen_minutes_ago=5)
    found = told(60)
    assert found["pingpong_probe_connected", ("berlin",)] == 1
    assert found["pingpong_probe_connected", ("tokyo",)] == 0
    assert found["pingpong_probe_report_age_seconds", ("tokyo",)] == 300
    assert found["pingpong_probe_spooled_outcomes", ("berlin",)] == 3


def test_number_of_queries_does_not_grow(query_count: QueryCount) -> None:
    counts = []
    for total in (1, 3):
        while ProbeAgent.objects.count() < total:
            add_agent(f"agent {ProbeAgent.objects.count()}")
        with query_count() as counted:
            list(figures(at(60)))
        counts.append(len(counted))
    assert counts == [4, 4]
