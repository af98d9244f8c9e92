"""The list of monitors: what is down first, searched, filtered, renewed without a reload."""

import re
from datetime import datetime, timedelta

import pytest

from factories.actors import DONALD
from factories.metrics import make_monitor
from factories.outcomes import seen
from fixtures.queries import QueryCount
from fixtures.visitors import Visitor
from pingpong.monitors.lifecycle import pause_monitor
from pingpong.monitors.models import Monitor
from pingpong.pages.models import Page

from .conftest import URL, Reach, text_of


def names(text: str) -> list[str]:
    return re.findall(r'<a id="monitor-\w+"[^>]*><bdi>(.*?)</bdi></a>', text)


@pytest.fixture
def some(acme: Page, shop: Monitor, now: datetime) -> None:
    before = now - timedelta(hours=1)
    slow = make_monitor(
        acme, "Search", url=URL, options={"degraded_after_ms": 100}, now=before, frequency="minute"
    )
    seen(slow, ["up"] * 3, since=now - timedelta(minutes=3), every=timedelta(minutes=1))
    make_monitor(acme, "Later", url="")
    make_monitor(acme, "Fresh", url="https://fresh.example/")
    pause_monitor(make_monitor(acme, "Asleep", url=URL), by=DONALD, now=now)


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Shop", "Search", "Fresh", "Asleep", "Later"]),
        ("?state=down", ["Shop"]),
        ("?state=degraded", ["Search"]),
        ("?state=unknown", ["Fresh"]),
        ("?state=paused", ["Asleep"]),
        ("?state=idle", ["Later"]),
        ("?state=up", []),
        ("?state=nonsense", ["Shop", "Search", "Fresh", "Asleep", "Later"]),
        ("?q=sh", ["Shop", "Fresh"]),
        ("?q=fresh.example", ["Fresh"]),
        ("?q=%00%25", []),
    ],
)
def test_the_list_is_what_was_asked_for(
    desk: Visitor, reach: Reach, query: str, found: list[str]
) -> None:
    assert names(text_of(desk.get(reach("monitors") + query))) == found


@pytest.mark.usefixtures("some")
def test_filters_say_how_many_there_are(desk: Visitor, reach: Reach) -> None:
    told = re.findall(r'<a id="chip-\d"[^>]*>(.*?)</a>', text_of(desk.get(reach("monitors"))))
    assert told == ["All 5", "Down 1", "Slow 1", "No data 1", "Paused 1", "Not set up 1"]


def test_an_empty_list_teaches_and_leads_on(desk: Visitor, reach: Reach) -> None:
    told = text_of(desk.get(reach("monitors")))
    assert "Nothing is watched yet" in told
    assert told.count(f'href="{reach("new_monitor")}"') == 2


def seen_mark(text: str) -> str:
    return re.findall(r"seen=(\w*)\"", text)[0]


def test_the_live_part_is_silent_until_something_is_seen(
    desk: Visitor, reach: Reach, shop: Monitor, now: datetime
) -> None:
    first = text_of(desk.get(reach("monitors_live") + "?seen="))
    assert (names(first), "<html" in first) == (["Shop"], False)
    address = f"{reach('monitors_live')}?seen={seen_mark(first)}"
    assert desk.get(address).status_code == 204
    seen(shop, ["up"], since=now)
    again = desk.get(address)
    assert again.status_code == 200
    assert seen_mark(text_of(again)) != seen_mark(first)


def test_the_live_part_is_renewed_after_a_change_by_people(
    desk: Visitor, reach: Reach, shop: Monitor, now: datetime
) -> None:
    mark = seen_mark(text_of(desk.get(reach("monitors_live") + "?seen=")))
    pause_monitor(shop, by=DONALD, now=now)
    assert "Paused" in text_of(desk.get(f"{reach('monitors_live')}?seen={mark}"))


def test_a_list_costs_the_same_for_3_and_for_30(
    desk: Visitor, reach: Reach, acme: Page, now: datetime, query_count: QueryCount
) -> None:
    def cost(total: int) -> int:
        for number in range(acme.monitors.count(), total):
            monitor = make_monitor(acme, f"Monitor {number}", url=URL, now=now)
            seen(monitor, ["up"], since=now)
        with query_count() as counted:
            assert len(names(text_of(desk.get(reach("monitors"))))) == total
        return len(counted)

    few, many = cost(3), cost(30)
    assert few == many
    assert many < 20
