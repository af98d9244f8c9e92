from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from factories.metrics import make_monitor
from factories.moments import at
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.monitors.agenda import retake, tick
from pingpong.monitors.assignments import MOST_IN_BATCH
from pingpong.monitors.due import CLAIMED_FOR_S
from pingpong.monitors.models import Frequency, Location, Monitor, MonitorKind, RawOutcome
from pingpong.pages.models import Page
from pingpong.probe.contract import Batch, Check, encode
from pingpong.runtime.probe_wire import LARGEST_PACKET

pytestmark = pytest.mark.django_db

URL = "https://acme.example/health"
SOON = timedelta(seconds=5)


@dataclass
class Collector:
    """An outlet that keeps what it is given."""

    locations: frozenset[str] = frozenset(Location.values)
    got: list[Batch] = field(default_factory=list)

    def serves(self, location: str) -> bool:
        return location in self.locations

    def send(self, batch: Batch) -> None:
        self.got.append(batch)

    @property
    def checks(self) -> list[Check]:
        return [one.check for batch in self.got for one in batch.assignments]


@pytest.fixture
def page() -> Page:
    return make_page()


def test_due_check_goes_to_its_location_with_all_that_it_needs(page: Page) -> None:
    monitor = make_monitor(
        page,
        now=at(0),
        url=URL,
        location=Location.JAPAN,
        options={"method": "POST", "keyword": "fine", "timeout_ms": 3000},
        secrets={"bearer": "a-secret"},
    )
    outlet = Collector()
    assert tick(at(0) + SOON, [outlet]) == 1
    (batch,) = outlet.got
    (assignment,) = batch.assignments
    assert batch.location == Location.JAPAN
    assert assignment.watch == monitor.watches.get().pk
    assert assignment.check == Check(
        url=URL,
        method="POST",
        keyword="fine",
        timeout_ms=3000,
        bearer="a-secret",
        wants_certificate=True,
    )


def test_certificate_is_looked_at_every_few_hours_and_not_each_time(page: Page) -> None:
    monitor = make_monitor(page, now=at(0), url=URL, frequency=Frequency.EVERY_MINUTE)
    monitor.watches.update(certificate_seen=int(at(0).timestamp()))
    outlet = Collector()
    tick(at(0) + SOON, [outlet])
    monitor.watches.update(next_slot=int(at(400).timestamp()))
    tick(at(400), [outlet])
    assert [check.wants_certificate for check in outlet.checks] == [False, True]


def test_changed_monitor_is_checked_as_it_is_now(page: Page) -> None:
    monitor = make_monitor(page, now=at(0), url=URL, frequency=Frequency.EVERY_MINUTE)
    outlet = Collector()
    tick(at(0) + SOON, [outlet])
    Monitor.objects.update(url="https://acme.example/other")
    monitor.watches.update(next_slot=int(at(2).timestamp()))
    tick(at(2), [outlet])
    assert [check.url for check in outlet.checks] == [URL, "https://acme.example/other"]


def test_location_where_nobody_is_gets_nothing_and_is_a_gap(page: Page) -> None:
    make_monitor(page, now=at(0), url=URL, location=Location.BRAZIL)
    outlet = Collector(locations=frozenset({Location.JAPAN}))
    assert tick(at(0) + SOON, [outlet]) == 0
    assert outlet.got == []
    assert RawOutcome.objects.count() == 0


def test_unanswered_check_is_sent_again_once(page: Page) -> None:
    make_monitor(page, now=at(0), url=URL)
    outlet = Collector()
    tick(at(0) + SOON, [outlet])
    later = at(0) + SOON + timedelta(seconds=CLAIMED_FOR_S + 1)
    assert retake(later, [outlet]) == 1
    first, again = (batch.assignments[0] for batch in outlet.got)
    assert (first.watch, first.slot) == (again.watch, again.slot)
    assert retake(later + timedelta(seconds=CLAIMED_FOR_S + 1), [outlet]) == 0


def test_heartbeat_that_does_not_come_is_an_outcome(page: Page) -> None:
    make_monitor(page, now=at(0), kind=MonitorKind.HEARTBEAT, frequency=Frequency.EVERY_MINUTE)
    outlet = Collector()
    tick(at(1), [outlet])
    assert RawOutcome.objects.count() == 0
    for second in range(60, 140):
        tick(at(0) + timedelta(seconds=second), [outlet])
    assert list(RawOutcome.objects.values_list("word", flat=True)) == ["heartbeat_missed"]
    assert outlet.got == []


def test_monitor_that_cannot_be_read_stops_no_other(page: Page) -> None:
    make_monitor(page, now=at(0), url=URL)
    bad = make_monitor(page, now=at(0), url=URL)
    Monitor.objects.filter(pk=bad.pk).update(options={"timeout_ms": "soon"})
    outlet = Collector()
    assert tick(at(0) + SOON, [outlet]) == 1


def test_batches_are_bounded_and_queries_do_not_grow(page: Page, query_count: QueryCount) -> None:
    counts = []
    for size in (1, 3, MOST_IN_BATCH + 1):
        for _ in range(size):
            make_monitor(page, now=at(0), url=URL, frequency=Frequency.EVERY_MINUTE)
        outlet = Collector()
        tick(at(0) + SOON, [outlet])
        slot = int(at(10).timestamp())
        for monitor in page.monitors.all():
            monitor.watches.update(next_slot=slot)
        outlet.got.clear()
        with query_count() as counted:
            tick(at(10), [outlet])
        counts.append(len(counted))
        assert max(len(batch.assignments) for batch in outlet.got) <= MOST_IN_BATCH
        page.monitors.all().delete()
    assert counts[0] == counts[1] == counts[2]


def test_large_checks_are_sent_in_small_batches(page: Page) -> None:
    for number in range(20):
        make_monitor(
            page,
            f"Site {number}",
            now=at(0),
            url=URL,
            options={"method": "POST", "body": "\u00e9" * 16_000},
        )
    outlet = Collector()
    assert tick(at(0) + SOON, [outlet]) == 20
    assert len(outlet.checks) == 20
    assert max(len(encode(batch)) for batch in outlet.got) <= LARGEST_PACKET / 2


def test_outlet_that_fails_holds_up_no_other(page: Page) -> None:
    class Broken(Collector):
        def send(self, batch: Batch) -> None:
            raise OSError(f"gone, with {batch.id}")

    make_monitor(page, now=at(0), url=URL, location=Location.JAPAN)
    make_monitor(page, now=at(0), url=URL, location=Location.BRAZIL)
    broken, whole = Broken(frozenset({Location.BRAZIL})), Collector(frozenset({Location.JAPAN}))
    assert tick(at(0) + SOON, [broken, whole]) == 1
    assert [batch.location for batch in whole.got] == [Location.JAPAN]
