from datetime import timedelta

import pytest

from factories.metrics import make_monitor
from factories.moments import at
from factories.pages import make_page
from pingpong.monitors.due import (
    CLAIMED_FOR_S,
    LATE_AFTER_S,
    LEAD_S,
    SPREAD_S,
    claim_due,
    retake_expired,
)
from pingpong.monitors.models import Frequency, MonitorKind, Watch
from pingpong.pages.models import Page

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
MINUTE = {"frequency": Frequency.EVERY_MINUTE, "url": "https://acme.example/"}


@pytest.fixture
def page() -> Page:
    return make_page()


def claimed(claim: str) -> list[tuple[int, int | None]]:
    return list(Watch.objects.filter(claim=claim).values_list("pk", "claimed_slot"))


def test_what_is_due_is_claimed_by_one_of_two_that_come_at_once(page: Page) -> None:
    watch = make_monitor(page, now=at(0), **MINUTE).watches.get()
    due = watch.next_slot
    first, second = claim_due(at(0) + 5 * SECOND), claim_due(at(0) + 5 * SECOND)
    assert claimed(first) == [(watch.pk, due)]
    assert claimed(second) == []


def test_next_slot_has_the_watchs_phase_and_lies_ahead(page: Page) -> None:
    watch = make_monitor(page, now=at(0), **MINUTE).watches.get()
    now = at(0) + 5 * SECOND
    claim_due(now)
    watch.refresh_from_db()
    second = int(now.timestamp())
    assert watch.next_slot is not None
    assert watch.next_slot % 60 == watch.phase_s
    assert second + LEAD_S < watch.next_slot <= second + LEAD_S + 60


def test_slots_of_an_hour_are_neither_skipped_nor_doubled(page: Page) -> None:
    watch = make_monitor(page, now=at(0), **MINUTE).watches.get()
    slots = []
    for second in range(3600):
        slots += [slot for _, slot in claimed(claim_due(at(0) + second * SECOND))]
    regular = slots[1:]
    assert [slot - regular[0] for slot in regular if slot is not None] == [
        60 * number for number in range(len(regular))
    ]
    assert len(slots) in (60, 61)
    assert watch.interval_s == 60


def test_slot_is_claimed_ahead_so_that_the_probe_has_it_in_time(page: Page) -> None:
    watch = make_monitor(page, now=at(0), **MINUTE).watches.get()
    Watch.objects.update(next_slot=int(at(1).timestamp()))
    assert claimed(claim_due(at(1) - (LEAD_S + 1) * SECOND)) == []
    assert claimed(claim_due(at(1) - LEAD_S * SECOND)) == [(watch.pk, int(at(1).timestamp()))]


def test_after_a_long_stop_nothing_is_caught_up_on_and_looks_are_spread(page: Page) -> None:
    for number in range(40):
        make_monitor(page, f"Site {number}", now=at(0), **MINUTE)
    now = at(600)
    assert claimed(claim_due(now)) == []
    slots = list(Watch.objects.values_list("next_slot", flat=True))
    ahead = [slot - int(now.timestamp()) for slot in slots if slot is not None]
    assert len(ahead) == 40
    assert min(ahead) > LEAD_S
    assert max(ahead) <= LEAD_S + SPREAD_S
    assert len(set(ahead)) > 20


def test_slot_that_is_a_little_late_is_still_taken(page: Page) -> None:
    watch = make_monitor(page, now=at(0), **MINUTE).watches.get()
    slot = int(at(10).timestamp())
    Watch.objects.update(next_slot=slot)
    assert claimed(claim_due(at(10) + (LATE_AFTER_S - 1) * SECOND)) == [(watch.pk, slot)]


def test_claim_without_an_outcome_is_taken_again_once_and_then_given_up(page: Page) -> None:
    watch = make_monitor(page, now=at(0), **MINUTE).watches.get()
    slot = watch.next_slot
    now = at(0) + 5 * SECOND
    claim_due(now)
    assert claimed(retake_expired(now + (CLAIMED_FOR_S - 10) * SECOND)) == []
    again = now + (CLAIMED_FOR_S + 1) * SECOND
    assert claimed(retake_expired(again)) == [(watch.pk, slot)]
    assert claimed(retake_expired(again + (CLAIMED_FOR_S + 1) * SECOND)) == []
    watch.refresh_from_db()
    assert watch.claimed_until is None


def test_clock_that_went_back_leaves_nobody_waiting(page: Page) -> None:
    watch = make_monitor(page, now=at(0), **MINUTE).watches.get()
    before = at(0) - timedelta(hours=3)
    retake_expired(before)
    watch.refresh_from_db()
    assert watch.next_slot is not None
    assert 0 < watch.next_slot - int(before.timestamp()) <= LEAD_S + SPREAD_S


def test_heartbeat_that_could_not_arrive_gets_another_interval(page: Page) -> None:
    monitor = make_monitor(
        page, now=at(0), kind=MonitorKind.HEARTBEAT, frequency=Frequency.EVERY_MINUTE
    )
    Watch.objects.update(next_slot=int(at(1).timestamp()))
    now = at(90)
    assert claimed(claim_due(now)) == []
    assert monitor.watches.get().next_slot == int(now.timestamp()) + 60


def test_paused_and_idle_monitors_are_never_due(page: Page) -> None:
    make_monitor(page, now=at(0))
    assert list(Watch.objects.values_list("next_slot", flat=True)) == [None]
    assert claimed(claim_due(at(60))) == []
