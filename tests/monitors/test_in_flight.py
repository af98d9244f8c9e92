"""What people change while a check is under way."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from factories.actors import DONALD
from factories.components import make_component
from factories.metrics import make_monitor
from factories.moments import at
from factories.outcomes import seen, ups
from factories.pages import make_page
from pingpong.components.effects import active_by_component, effective
from pingpong.components.models import Component
from pingpong.components.status import Status
from pingpong.incidents.models import Incident
from pingpong.monitors import agenda, watches
from pingpong.monitors.heartbeats import note_beat
from pingpong.monitors.intake import take_outcomes
from pingpong.monitors.lifecycle import change_monitor, pause_monitor, resume_monitor
from pingpong.monitors.models import Frequency, Monitor, MonitorKind, MonitorState, Verdict, Watch
from pingpong.probe.contract import Outcome
from pingpong.runtime.consumers import consume_events

pytestmark = pytest.mark.django_db

URL = "https://acme.example/"
SECOND = timedelta(seconds=1)
FIVE = timedelta(minutes=5)


@pytest.fixture
def component() -> Component:
    return make_component(make_page(now=at(-60)), now=at(-60))


def watched(component: Component, **others: object) -> Monitor:
    defaults = {"status_when_down": Status.CRITICAL, "url": URL}
    return make_monitor(component.page, now=at(0), component=component, **{**defaults, **others})


def status_of(component: Component, now: datetime) -> str:
    return effective(component, active_by_component(component.page_id, now))


def test_failure_that_arrives_after_the_pause_turns_nothing_red(component: Component) -> None:
    monitor = watched(component, incident_when_down="published")
    last = seen(monitor, [*ups(3), "status_unexpected"], since=at(0))
    pause_monitor(monitor, by=DONALD, now=last + FIVE - SECOND)
    last = seen(monitor, ["status_unexpected"], since=last + FIVE)
    consume_events(last + 2 * SECOND)
    assert status_of(component, last + 3 * SECOND) == Status.OPERATIONAL
    assert Incident.objects.count() == 0


def test_monitor_whose_address_is_taken_away_lets_go_of_its_component(
    component: Component,
) -> None:
    monitor = watched(component)
    last = seen(monitor, [*ups(3), *["status_unexpected"] * 2], since=at(0))
    consume_events(last + 2 * SECOND)
    assert status_of(component, last + 3 * SECOND) == Status.CRITICAL
    change_monitor(monitor, {"url": ""}, by=DONALD, now=last + 5 * SECOND)
    assert status_of(component, last + 6 * SECOND) == Status.OPERATIONAL


def test_failure_of_the_old_address_confirms_nothing_of_the_new_one(
    component: Component,
) -> None:
    monitor = watched(component)
    last = seen(monitor, [*ups(3), "status_unexpected"], since=at(0))
    under_way = int((last + FIVE).timestamp())
    monitor.watches.update(claimed_slot=under_way, claimed_until=under_way + 45)
    now = last + FIVE + SECOND
    change_monitor(monitor, {"url": f"{URL}new"}, by=DONALD, now=now)
    late = Outcome(monitor.watches.get().pk, under_way, "status_unexpected")
    take_outcomes([late], vantage="local", now=now + SECOND)
    assert Verdict.objects.get(pk=monitor.pk).state == MonitorState.UP
    watch = monitor.watches.get()
    assert watch.next_slot is not None
    assert watch.next_slot - now.timestamp() <= watches.FIRST_LOOK_AFTER_S


def test_gap_after_a_failure_is_not_hurried(component: Component) -> None:
    monitor = watched(component, frequency=Frequency.EVERY_60_MINUTES)
    seen(monitor, ["status_unexpected"], since=at(0))
    monitor.watches.update(next_slot=int(at(60).timestamp()))
    seen(monitor, ["blocked_by_policy"], since=at(1))
    assert monitor.watches.get().next_slot == int(at(60).timestamp())


def test_monitor_that_is_resumed_while_all_are_aligned_is_watched(
    component: Component, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LOCAL_LOCATIONS = frozenset()
    monitor = watched(component, paused=True)
    monitor.watches.all().delete()
    real = watches.looks_of

    def resumed_meanwhile(one: Monitor) -> list[str]:
        monkeypatch.setattr(watches, "looks_of", real)
        resume_monitor(Monitor.objects.get(pk=one.pk), by=DONALD, now=at(1))
        monitor.watches.all().delete()
        return real(one)

    monkeypatch.setattr(watches, "looks_of", resumed_meanwhile)
    watches.sync_all(now=at(2))
    assert monitor.watches.get().next_slot is not None


def test_watch_that_lost_its_slot_is_brought_back(component: Component) -> None:
    monitor = watched(component)
    monitor.watches.update(next_slot=None)
    assert watches.sync_all(now=at(2)) == 1
    assert monitor.watches.get().next_slot is not None


def test_beat_in_the_second_of_its_miss_counts(component: Component) -> None:
    monitor = watched(component, kind=MonitorKind.HEARTBEAT, frequency=Frequency.EVERY_MINUTE)
    key = Monitor.objects.values_list("heartbeat_key", flat=True).get()
    note_beat(key, now=at(1))
    due = monitor.watches.get().next_slot or 0
    now = datetime.fromtimestamp(due, tz=UTC)
    agenda.tick(now, [])
    missed_at = monitor.watches.get().last_slot or 0
    assert note_beat(key, now=datetime.fromtimestamp(missed_at, tz=UTC))
    watch = Watch.objects.get(monitor=monitor)
    assert watch.is_up is True
    assert (watch.next_slot or 0) > due


def test_probe_of_one_location_says_nothing_of_another(component: Component) -> None:
    monitor = watched(component, location="US West")
    watch = monitor.watches.get()
    slot = int(at(1).timestamp())
    forged = [Outcome(watch.pk, slot, "read_timeout")]
    assert take_outcomes(forged, vantage="x", location="Japan", now=at(1)) == 0
    assert take_outcomes(forged, vantage="x", location="US West", now=at(1)) == 1


def test_probe_says_nothing_of_slots_that_were_not_sent_out(component: Component) -> None:
    monitor = watched(component)
    monitor.watches.update(claimed_slot=int(at(1).timestamp()))
    watch = monitor.watches.get()
    ahead = [Outcome(watch.pk, int(at(2).timestamp()), "read_timeout")]
    assert take_outcomes(ahead, vantage="x", location="US West", now=at(2)) == 0


def test_probe_says_nothing_of_heartbeats(component: Component) -> None:
    monitor = watched(component, kind=MonitorKind.HEARTBEAT)
    forged = [Outcome(monitor.watches.get().pk, int(at(1).timestamp()), "up")]
    assert take_outcomes(forged, vantage="x", location="US West", now=at(1)) == 0


def test_heartbeat_that_is_too_late_is_down_at_once(component: Component) -> None:
    monitor = watched(component, kind=MonitorKind.HEARTBEAT, frequency=Frequency.EVERY_60_MINUTES)
    key = Monitor.objects.values_list("heartbeat_key", flat=True).get()
    note_beat(key, now=at(0))
    for minute in (60, 61, 61.5):
        agenda.tick(at(minute), [])
    assert Verdict.objects.get(pk=monitor.pk).state == MonitorState.DOWN
