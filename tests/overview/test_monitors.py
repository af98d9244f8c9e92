from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from factories.actors import DONALD
from factories.components import make_component
from factories.metrics import make_monitor
from factories.moments import BEGINNING, at
from factories.outcomes import seen, ups
from factories.pages import make_page
from factories.verdicts import remember
from fixtures.queries import QueryCount
from pingpong.monitors.lifecycle import pause_monitor
from pingpong.monitors.models import MonitorKind, Showcase
from pingpong.overview.monitors import MonitorSummary
from pingpong.overview.summary import MEASURED_REFRESH, Summary, summarise
from pingpong.pages.models import Page

pytestmark = pytest.mark.django_db

URL = "http://www.acme.example/"
DOWN = ["connect_refused"] * 3


@pytest.fixture
def page() -> Page:
    return make_page(now=BEGINNING)


def _monitor(page: Page, **others: Any) -> Any:
    return make_monitor(page, now=at(0), **{"url": URL, **others})


def _only(summary: Summary) -> MonitorSummary:
    (one,) = summary.monitors
    return one


@pytest.mark.parametrize(
    ("showcased", "shows"),
    [
        (Showcase.UPTIME, (True, False, 90, Decimal("100.00"), None)),
        (Showcase.RESPONSE_TIME, (False, True, 0, None, 120)),
        (Showcase.UPTIME_AND_RESPONSE_TIME, (True, True, 90, Decimal("100.00"), 120)),
    ],
)
def test_monitor_shows_what_it_is_told_to(
    page: Page, showcased: str, shows: tuple[object, ...]
) -> None:
    seen(_monitor(page, showcased=showcased), ups(4), since=at(1))
    told = _only(summarise(page, now=at(17)))
    assert (
        told.shows_uptime,
        told.shows_response_time,
        len(told.days),
        told.uptime,
        told.response_time_ms,
    ) == shows
    assert (told.state, told.checked_at, told.interval_s) == ("up", at(16), 300)


def test_monitor_that_is_not_showcased_is_nowhere(page: Page) -> None:
    seen(_monitor(page, showcased=Showcase.NOTHING), ups(3), since=at(1))
    assert summarise(page, now=at(17)).monitors == []


def test_monitor_that_is_down_says_since_when_and_has_no_response_time(page: Page) -> None:
    seen(_monitor(page), [*ups(3), *DOWN], since=at(0))
    told = _only(summarise(page, now=at(26)))
    assert (told.state, told.since, told.response_time_ms) == ("down", at(15), None)
    assert told.uptime == Decimal("57.69")  # 15 of 26 minutes
    assert (told.days[-1].tally.up_s, told.days[-1].tally.down_s) == (900, 660)


def test_silence_is_no_data_and_costs_no_uptime(page: Page) -> None:
    monitor = _monitor(page)
    seen(monitor, ups(3), since=at(0))
    seen(monitor, ups(3), since=at(180))
    told = _only(summarise(page, now=at(191)))
    assert told.uptime == Decimal(100)
    assert told.days[-1].tally.up_s < 191 * 60 / 2


def test_paused_idle_and_new_monitors_say_so(page: Page) -> None:
    paused = _monitor(page, name="Paused")
    seen(paused, ups(2), since=at(0))
    pause_monitor(paused, by=DONALD, now=at(8))
    _monitor(page, name="Idle", url="")
    _monitor(page, name="New")
    told = {one.name: (one.state, one.since) for one in summarise(page, now=at(9)).monitors}
    assert told == {"Paused": ("paused", at(8)), "Idle": ("idle", None), "New": ("unknown", None)}


def test_heartbeat_has_no_response_time_and_is_heard_of_only_when_it_comes(page: Page) -> None:
    monitor = _monitor(page, url="", kind=MonitorKind.HEARTBEAT)
    seen(monitor, ups(1), since=at(0))
    heard = _only(summarise(page, now=at(1)))
    assert (heard.state, heard.shows_response_time, heard.places) == ("up", False, ())
    assert heard.checked_at == at(0)
    seen(monitor, ["heartbeat_missed"] * 2, since=at(6))
    missed = _only(summarise(page, now=at(12)))
    assert (missed.state, missed.checked_at) == ("down", None)


def test_monitor_stands_below_a_component_that_is_shown(page: Page) -> None:
    shown = make_component(page, now=at(0))
    hidden = make_component(page, "Secret", showcased=False, now=at(0))
    for number, component in enumerate((shown, hidden, None)):
        _monitor(page, name=f"Monitor {number}", component=component)
    told = [one.component_id for one in summarise(page, now=at(1)).monitors]
    assert told == [shown.pk, None, None]


@pytest.mark.parametrize(
    ("locations", "vantages", "places"),
    [
        (["US West"], ["local"], ("US West",)),
        (["US West"], ["agent-1"], ()),
        (["US West", "Japan"], ["agent-1", "agent-1"], ("US West", "Japan")),
        (["US West", "Japan"], ["agent-1", "agent-2"], ()),
        (["US West", "Japan"], [], ()),
    ],
)
def test_several_names_of_one_place_are_told_as_one_place(
    page: Page, locations: list[str], vantages: list[str], places: tuple[str, ...]
) -> None:
    monitor = _monitor(page, locations=locations)
    for location, vantage in zip(locations, vantages, strict=False):
        seen(monitor, ups(2), since=at(1), location=location, vantage=vantage)
    assert _only(summarise(page, now=at(7))).places == places


def test_measurements_render_a_page_at_most_once_a_minute(page: Page) -> None:
    monitor = _monitor(page, frequency="minute")
    seen(monitor, ups(2), since=at(1), every=timedelta(minutes=1))
    assert summarise(page, now=at(3)).next_edge_at == at(3) + MEASURED_REFRESH
    pause_monitor(monitor, by=DONALD, now=at(4))
    assert summarise(page, now=at(4)).next_edge_at == at(15 * 60)  # midnight


def test_outage_of_a_monitor_leaves_the_last_24_hours_little_by_little(page: Page) -> None:
    monitor = _monitor(page)
    day = 24 * 60
    minutes = (170, day + 130, day + 200, 3 * day)
    remember(monitor, ("up", 0, 100), ("down", 100, 160), ("up", 160, 4 * day))
    told = [_only(summarise(page, now=at(minute))).last_day for minute in minutes]
    assert [one.down_s for one in told] == [3_600, 1_800, 0, 0]
    assert [one.percentage() for one in told[1:]] == [Decimal("97.91"), 100, 100]


def test_slow_monitor_renders_its_page_when_it_has_been_looked_at(page: Page) -> None:
    monitor = _monitor(page, frequency="60 minutes")
    due = int(at(50).timestamp())
    monitor.watches.update(next_slot=due)
    assert summarise(page, now=at(3)).next_edge_at == at(50.25)


def test_query_count_does_not_depend_on_the_number_of_monitors(
    page: Page, query_count: QueryCount
) -> None:
    component = make_component(page, now=at(0))
    counts = []
    for more in (1, 2, 27):
        for number in range(more):
            monitor = _monitor(page, name=f"Monitor {number}", component=component)
            seen(monitor, ups(2), since=at(1))
        with query_count() as counted:
            summary = summarise(page, now=at(20))
        counts.append((len(summary.monitors), len(counted)))
    assert counts == [(1, 17), (3, 17), (30, 17)]
