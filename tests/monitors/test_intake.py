from datetime import timedelta

import pytest

from factories.metrics import make_monitor
from factories.moments import at
from factories.outcomes import seen, ups
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.events.kinds import Kind
from pingpong.events.models import Event
from pingpong.monitors.intake import RECHECKED_AFTER_S, take_outcomes
from pingpong.monitors.models import (
    DayRollup,
    Frequency,
    HourRollup,
    Monitor,
    MonitorState,
    RawOutcome,
    Verdict,
    Watch,
)
from pingpong.pages.models import Page
from pingpong.probe.contract import UP, Outcome

pytestmark = pytest.mark.django_db

URL = "https://acme.example/"
FIVE = timedelta(minutes=5)


@pytest.fixture
def page() -> Page:
    return make_page()


@pytest.fixture
def monitor(page: Page) -> Monitor:
    return make_monitor(page, now=at(0), url=URL)


@pytest.fixture
def watch(monitor: Monitor) -> Watch:
    return monitor.watches.get()


def news() -> list[str]:
    kinds = Event.objects.filter(kind__startswith="monitor.").exclude(kind=Kind.MONITOR_CREATED)
    return list(kinds.order_by("pk").values_list("kind", flat=True))


def sums() -> list[tuple[int, int, int]]:
    return list(HourRollup.objects.order_by("start").values_list("n", "ok", "gaps"))


def slot_of(minutes: float) -> int:
    return int(at(minutes).timestamp())


def test_outcome_that_is_sent_twice_counts_once(watch: Watch) -> None:
    one = Outcome(watch.pk, slot_of(0), UP, total_us=90_000)
    assert take_outcomes([one], vantage="local", now=at(0.1)) == 1
    assert take_outcomes([one, one], vantage="local", now=at(0.2)) == 0
    assert RawOutcome.objects.count() == 1
    assert sums() == [(1, 1, 0)]
    assert list(DayRollup.objects.values_list("n", "sum_us")) == [(1, 90_000)]


def test_outcomes_in_any_order_come_to_the_same(page: Page) -> None:
    words = [UP, "connect_refused", "connect_refused", "connect_refused", UP, UP, UP]
    found = []
    for order in ([0, 1, 2, 3, 4, 5, 6], [6, 2, 4, 0, 5, 1, 3]):
        monitor = make_monitor(page, now=at(0), url=URL)
        watch = monitor.watches.get()
        outcomes = [Outcome(watch.pk, slot_of(5 * index), words[index]) for index in order]
        take_outcomes(outcomes, vantage="local", now=at(31))
        rollup = HourRollup.objects.filter(watch=watch)
        verdict = Verdict.objects.get(monitor=monitor)
        found.append((list(rollup.values_list("n", "ok")), verdict.state))
    assert found[0] == found[1]


def test_one_failure_is_not_a_verdict_and_two_are_from_the_first_on(monitor: Monitor) -> None:
    seen(monitor, [*ups(3), "connect_refused"], since=at(0), every=FIVE)
    assert Verdict.objects.get(monitor=monitor).state == MonitorState.UP
    seen(monitor, ["connect_refused"], since=at(15.2))
    verdict = Verdict.objects.get(monitor=monitor)
    assert (verdict.state, verdict.since) == (MonitorState.DOWN, slot_of(15))
    assert news() == [Kind.MONITOR_CAME_UP, Kind.MONITOR_WENT_DOWN]


def test_first_failure_is_looked_at_again_soon(monitor: Monitor, watch: Watch) -> None:
    last = seen(monitor, [*ups(2), "read_timeout"], since=at(0), every=FIVE)
    Watch.objects.update(next_slot=slot_of(100))
    seen(monitor, [UP, "read_timeout"], since=at(15), every=FIVE)
    watch.refresh_from_db()
    taken_at = int(at(20).timestamp()) + 1
    assert watch.next_slot == taken_at + RECHECKED_AFTER_S
    assert last < at(20)


def test_doubtful_watch_that_is_paused_stays_paused(monitor: Monitor, watch: Watch) -> None:
    Watch.objects.update(next_slot=None)
    seen(monitor, ["read_timeout"], since=at(0))
    watch.refresh_from_db()
    assert watch.next_slot is None


@pytest.mark.parametrize("word", ["probe_fault", "blocked_by_policy"])
def test_what_says_nothing_of_the_target_is_a_gap(monitor: Monitor, word: str) -> None:
    seen(monitor, [*ups(2), *[word] * 30], since=at(0), every=FIVE)
    assert sum(n for n, _, _ in sums()) == 2
    assert sum(gaps for _, _, gaps in sums()) == 30
    assert Verdict.objects.get(monitor=monitor).state != MonitorState.DOWN
    assert Kind.MONITOR_WENT_DOWN not in news()


def test_outcome_takes_its_claim_back(monitor: Monitor, watch: Watch) -> None:
    Watch.objects.update(claimed_slot=slot_of(0), claimed_until=slot_of(2), claim="abc")
    seen(monitor, [UP], since=at(0))
    watch.refresh_from_db()
    assert watch.claimed_until is None


def test_outcomes_of_nobody_of_no_time_and_of_no_word_are_left_out(watch: Watch) -> None:
    odd = [
        Outcome(watch.pk + 999, slot_of(0), UP),
        Outcome(watch.pk, slot_of(-60 * 24 * 30), UP),
        Outcome(watch.pk, slot_of(60), UP),
        Outcome(watch.pk, slot_of(0), "wonderful"),
    ]
    assert take_outcomes(odd, vantage="local", now=at(0)) == 0
    assert RawOutcome.objects.count() == 0


def test_impossible_figures_are_bounded_and_not_refused(watch: Watch) -> None:
    odd = Outcome(watch.pk, slot_of(0), UP, total_us=2**60, dns_us=-5, detail="x" * 500 + "\0")
    assert take_outcomes([odd], vantage="v" * 300, now=at(0)) == 1
    row = RawOutcome.objects.get()
    assert (row.total_us, row.dns_us, len(row.detail), len(row.vantage)) == (2**31 - 1, 0, 100, 64)


def test_certificate_that_ends_soon_is_told_of_once(watch: Watch) -> None:
    until = slot_of(60 * 24 * 10)
    for minute in (0, 400):
        outcome = Outcome(watch.pk, slot_of(minute), UP, certificate_until=until)
        take_outcomes([outcome], vantage="local", now=at(minute))
    assert news().count(Kind.MONITOR_CERTIFICATE_ENDS) == 1
    renewed = Outcome(watch.pk, slot_of(800), UP, certificate_until=until + 90 * 86_400)
    take_outcomes([renewed], vantage="local", now=at(800))
    assert news().count(Kind.MONITOR_CERTIFICATE_ENDS) == 1


def test_certificate_that_ends_late_enough_is_not_told_of(watch: Watch) -> None:
    outcome = Outcome(watch.pk, slot_of(0), UP, certificate_until=slot_of(60 * 24 * 15))
    take_outcomes([outcome], vantage="local", now=at(0))
    assert Kind.MONITOR_CERTIFICATE_ENDS not in news()


def test_number_of_queries_does_not_depend_on_the_number_of_outcomes(
    page: Page, query_count: QueryCount
) -> None:
    counts = []
    for size in (1, 3, 30):
        watches = [
            make_monitor(page, now=at(0), url=URL, frequency=Frequency.EVERY_MINUTE).watches.get()
            for _ in range(size)
        ]
        take_outcomes([Outcome(one.pk, slot_of(0), UP) for one in watches], vantage="v", now=at(0))
        with query_count() as counted:
            take_outcomes(
                [Outcome(one.pk, slot_of(1), UP) for one in watches], vantage="v", now=at(1)
            )
        # SQLite's executemany is told of as one statement for each row.
        counts.append(len({one["sql"].partition("(")[0][:60] for one in counted}))
    assert counts[0] == counts[1] == counts[2]
