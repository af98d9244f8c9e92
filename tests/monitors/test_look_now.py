from datetime import datetime

import pytest

from factories.actors import DONALD
from factories.metrics import make_monitor
from factories.moments import at
from factories.pages import make_page
from pingpong.monitors.due import claim_due
from pingpong.monitors.lifecycle import pause_monitor
from pingpong.monitors.look_now import AGAIN_AFTER_S, LookRefusedError, NoLook, look_now
from pingpong.monitors.models import Location, Monitor, ProbeAgent, Watch
from pingpong.pages.models import Page

pytestmark = pytest.mark.django_db

URL = "https://acme.example/"
NOW = at(60)
NOW_S = int(NOW.timestamp())


@pytest.fixture
def page() -> Page:
    return make_page()


def agent(*locations: str, seen_at: datetime = NOW) -> None:
    ProbeAgent.objects.create(
        name="one",
        vantage="local",
        locations=list(locations),
        version="1",
        started_at=seen_at,
        seen_at=seen_at,
        is_connected=True,
        in_flight=0,
        spooled=0,
        skew_s=0,
    )


def waiting(page: Page, **others: object) -> Monitor:
    monitor = make_monitor(page, url=URL, now=at(0), **others)
    Watch.objects.filter(monitor=monitor).update(next_slot=NOW_S + 200)
    return monitor


def refused(monitor: Monitor, now: datetime = NOW) -> NoLook:
    with pytest.raises(LookRefusedError) as told:
        look_now(monitor, now=now)
    return told.value.reason


def test_it_is_claimed_by_the_next_tick_and_keeps_its_schedule(page: Page) -> None:
    agent(Location.US_WEST)
    monitor = waiting(page)
    assert look_now(monitor, now=NOW) == 1
    claim_due(NOW)
    watch = Watch.objects.get(monitor=monitor)
    assert watch.claimed_slot == NOW_S
    assert watch.next_slot is not None
    assert watch.next_slot % watch.interval_s == watch.phase_s


def test_it_looks_from_where_a_probe_is(page: Page) -> None:
    agent(Location.JAPAN, Location.ITALY)
    monitor = waiting(page, locations=[Location.US_WEST, Location.JAPAN, Location.ITALY])
    assert look_now(monitor, now=NOW) == 2
    due = dict(Watch.objects.values_list("location", "next_slot"))
    assert due == {Location.US_WEST: NOW_S + 200, Location.JAPAN: NOW_S, Location.ITALY: NOW_S}


def test_it_is_asked_for_again_only_after_a_while(page: Page) -> None:
    agent(Location.US_WEST)
    monitor = waiting(page)
    look_now(monitor, now=NOW)
    assert refused(monitor) is NoLook.TOO_SOON
    claim_due(NOW)
    Watch.objects.filter(monitor=monitor).update(next_slot=NOW_S + 200)
    assert refused(monitor) is NoLook.TOO_SOON
    Watch.objects.filter(monitor=monitor).update(claimed_slot=NOW_S - AGAIN_AFTER_S)
    assert look_now(monitor, now=NOW) == 1


def test_nobody_looks_where_no_probe_is(page: Page) -> None:
    agent(Location.JAPAN)
    assert refused(waiting(page)) is NoLook.NO_PROBE


def test_nobody_looks_where_a_probe_fell_silent(page: Page) -> None:
    agent(Location.US_WEST, seen_at=at(58))
    assert refused(waiting(page)) is NoLook.NO_PROBE


def test_what_has_nothing_to_look_at_is_not_looked_at(page: Page) -> None:
    agent(Location.US_WEST)
    assert refused(make_monitor(page, kind="heartbeat")) is NoLook.HEARTBEAT
    assert refused(make_monitor(page, url="")) is NoLook.IDLE
    paused = pause_monitor(waiting(page), by=DONALD, now=NOW)
    assert refused(paused) is NoLook.IDLE
