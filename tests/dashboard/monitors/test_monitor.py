"""One monitor's own screen: state and why, places, phases, checks, chart."""

import re
from datetime import datetime, timedelta

import pytest

from factories.metrics import make_monitor
from factories.outcomes import seen
from fixtures.cast import Belongings
from fixtures.queries import QueryCount
from fixtures.visitors import Visit, Visitor
from pingpong.dashboard.monitor_live import SHOWN_OUTCOMES
from pingpong.dashboard.monitor_words import outcome_words
from pingpong.monitors.intake import take_outcomes
from pingpong.monitors.models import Monitor, RawOutcome, Watch
from pingpong.monitors.reasons import sentence_of
from pingpong.pages.models import Page
from pingpong.probe.contract import FAILURES, UP, WORDS, Outcome

from .conftest import URL, Reach, text_of


def outcomes_in(text: str) -> list[str]:
    return re.findall(r'<span class="row-main">(.*?)</span>', text)


def test_every_outcome_has_words_and_failures_those_of_incidents() -> None:
    assert len({outcome_words(word) for word in WORDS}) == len(WORDS)
    assert [outcome_words(word) for word in FAILURES] == [sentence_of(word) for word in FAILURES]


@pytest.mark.usefixtures("probe")
def test_a_screen_says_that_it_is_down_since_when_and_why(
    desk: Visitor, reach: Reach, shop: Monitor
) -> None:
    told = text_of(desk.get(reach("monitor", monitor=shop.pk)))
    head = told[told.index('id="now-title"') : told.index("</section>")]
    assert "Down</span>" in head
    assert '<p class="why">It answers with an error.</p>' in head
    since = Monitor.objects.get(pk=shop.pk).verdict.since
    assert datetime.fromtimestamp(since).astimezone().strftime("%Y-%m-%dT%H") in head
    assert "No probe is running" not in told


def test_a_screen_says_when_nobody_looks(desk: Visitor, reach: Reach, shop: Monitor) -> None:
    assert "No probe is running" in text_of(desk.get(reach("monitor", monitor=shop.pk)))


def test_a_screen_says_that_it_is_measured_from_one_place(
    desk: Visitor, reach: Reach, shop: Monitor
) -> None:
    told = text_of(desk.get(reach("monitor", monitor=shop.pk)))
    assert "Measured from one place only" in told
    assert "(asked for: US West)" in told


def test_checks_are_told_newest_first_and_failed_ones_alone(
    desk: Visitor, reach: Reach, shop: Monitor
) -> None:
    here = reach("monitor", monitor=shop.pk)
    works, fails = outcome_words(UP), outcome_words("status_unexpected")
    assert outcomes_in(text_of(desk.get(here))) == [fails] * 5 + [works] * 5
    assert outcomes_in(text_of(desk.get(f"{here}?only=failed"))) == [fails] * 5


def test_phases_of_the_newest_check_are_told(
    desk: Visitor, reach: Reach, acme: Page, now: datetime
) -> None:
    monitor = make_monitor(acme, url=URL, now=now)
    watch = Watch.objects.get(monitor=monitor)
    took = Outcome(
        watch.pk,
        int(now.timestamp()),
        UP,
        total_us=100_000,
        dns_us=5_000,
        connect_us=15_000,
        tls_us=30_000,
        first_byte_us=40_000,
        certificate_until=int((now + timedelta(days=10, hours=1)).timestamp()),
    )
    take_outcomes([took], vantage="local", now=now)
    told = text_of(desk.get(reach("monitor", monitor=monitor.pk)))
    phases = re.findall(r'class="phase-(\w+)"><dt>[^<]*</dt><dd>(.*?)</dd>', told)
    assert phases == [
        ("dns", "5 ms"),
        ("connect", "15 ms"),
        ("tls", "30 ms"),
        ("first", "40 ms"),
        ("rest", "10 ms"),
    ]
    assert '<span class="dot minor"></span> Ends in 10 days' in told


@pytest.mark.parametrize("name", ["24h", "7d", "30d", "90d"])
def test_each_range_has_a_chart(desk: Visitor, reach: Reach, shop: Monitor, name: str) -> None:
    told = text_of(desk.get(f"{reach('monitor', monitor=shop.pk)}?range={name}"))
    assert "Median 120 ms; 95 of 100 answers within 120 ms." in told
    assert re.search(rf'id="range-{name}"[^>]*aria-current="true"', told)
    assert "120.0" in re.findall(r'data-chart="(.*?)"', told)[0]


def test_the_live_part_is_silent_until_something_is_seen(
    desk: Visitor, reach: Reach, shop: Monitor, now: datetime
) -> None:
    address = reach("monitor_live", monitor=shop.pk)
    first = text_of(desk.get(address))
    mark = re.findall(r"seen=(\w+)\"", first)[0]
    assert desk.get(f"{address}?seen={mark}").status_code == 204
    seen(shop, ["up"], since=now)
    assert desk.get(f"{address}?seen={mark}").status_code == 200


def test_a_heartbeat_says_where_it_calls_to_who_builds_alone(
    visit: Visit, desk: Visitor, reach: Reach, acme: Page, request: pytest.FixtureRequest
) -> None:
    beat = make_monitor(acme, "Backup", kind="heartbeat")
    assert beat.heartbeat_key is not None
    shown = {}
    for name in ("viewer", "responder", "admin", "owner"):
        told = visit(request.getfixturevalue(name)).get(reach("monitor", monitor=beat.pk))
        shown[name] = beat.heartbeat_key in text_of(told)
    assert shown == {"viewer": False, "responder": False, "admin": True, "owner": True}


@pytest.mark.parametrize("name", ["monitor", "monitor_live", "edit_monitor"])
def test_a_foreign_monitor_is_as_unknown_as_none(
    desk: Visitor, reach: Reach, theirs: Belongings, name: str
) -> None:
    answers = [desk.get(reach(name, monitor=one)) for one in (theirs.monitor.pk, "x" * 22, "-")]
    assert [one.status_code for one in answers] == [404] * 3
    assert theirs.monitor.name not in text_of(answers[0])


@pytest.mark.parametrize("name", ["test", "pause", "resume", "delete", "edit"])
def test_nothing_is_done_to_a_foreign_monitor(
    desk: Visitor, reach: Reach, theirs: Belongings, name: str
) -> None:
    address = reach(f"{name}_monitor", monitor=theirs.monitor.pk)
    assert desk.post(address, {"confirm": "yes"}).status_code == 404
    assert Monitor.objects.get(pk=theirs.monitor.pk).paused_at is None


def test_a_screen_costs_the_same_for_3_and_for_30(
    desk: Visitor, reach: Reach, acme: Page, now: datetime, query_count: QueryCount
) -> None:
    places = ["US West", "Japan", "Italy"]
    monitor = make_monitor(acme, url=URL, locations=places, now=now, frequency="minute")

    def cost(total: int) -> int:
        for number in range(RawOutcome.objects.count(), total):
            place = places[number % 3]
            seen(monitor, ["up"], since=now + timedelta(seconds=number), location=place)
        with query_count() as counted:
            told = text_of(desk.get(reach("monitor", monitor=monitor.pk)))
        assert len(outcomes_in(told)) == min(total, SHOWN_OUTCOMES)
        return len(counted)

    few, many = cost(3), cost(30)
    assert few == many
    assert many < 20
