"""The list of maintenance and the calendar."""

import re
from datetime import timedelta

import pytest

from factories.maintenance import make_maintenance, make_series
from fixtures.cast import Belongings, Member
from fixtures.visitors import Visit, Visitor
from pingpong.components.models import Component
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page

from .conftest import Reach, next_year, text_of

DAY = timedelta(days=1)


def titles(text: str) -> list[str]:
    return re.findall(r"<strong><bdi>(.*?)</bdi></strong></a>", text)


@pytest.fixture
def some(acme: Page, website: Component) -> None:
    make_maintenance(acme, "Later", starts_in=9 * DAY)
    make_maintenance(acme, "Long ago", starts_in=-30 * DAY)
    make_maintenance(acme, "Going on", starts_in=-DAY, lasts=2 * DAY, affected=[website])
    make_maintenance(acme, "Soon", starts_in=DAY)
    make_maintenance(acme, "Last week", starts_in=-7 * DAY)
    starts = (utc_now() + 3 * DAY).replace(tzinfo=None, second=0, microsecond=0)
    make_series(acme, "FREQ=DAILY;COUNT=1", starts=starts, title="Again")


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Going on", "Soon", "Again", "Later", "Last week", "Long ago"]),
        ("?show=running", ["Going on"]),
        ("?show=upcoming", ["Soon", "Again", "Later"]),
        ("?show=repeating", ["Again"]),
        ("?show=past", ["Last week", "Long ago"]),
        ("?q=website", ["Going on"]),
        ("?q=LAST&show=past", ["Last week"]),
        ("?q=%00&show=running&page=9", ["Going on"]),
        ("?q=zzz", []),
    ],
)
def test_the_list_is_what_was_asked_for(
    desk: Visitor, reach: Reach, query: str, found: list[str]
) -> None:
    assert titles(text_of(desk.get(reach("maintenance") + query))) == found


@pytest.mark.usefixtures("some")
def test_filters_say_how_many_there_are(desk: Visitor, reach: Reach) -> None:
    shown = text_of(desk.get(reach("maintenance")))
    chips = re.findall(r'<a href="\?[^"]*"[^>]*>([A-Z][\w ]+ \d+)</a>', shown)
    assert chips == ["All 6", "In progress 1", "Upcoming 3", "Repeating 1", "Past 2"]


def test_an_empty_list_says_what_it_is_for(desk: Visitor, reach: Reach) -> None:
    assert "Nothing is planned" in text_of(desk.get(reach("maintenance")))
    assert "No maintenance fits" in text_of(desk.get(reach("maintenance") + "?q=x"))


def test_nothing_of_other_people_is_shown(desk: Visitor, reach: Reach, theirs: Belongings) -> None:
    for name in ("maintenance", "maintenance_calendar"):
        assert theirs.maintenance.title not in text_of(desk.get(reach(name)))


def test_a_month_shows_days_in_the_viewers_zone(desk: Visitor, reach: Reach, acme: Page) -> None:
    late = utc_now().replace(year=next_year(), month=6, day=30, hour=22, minute=30)
    make_maintenance(acme, "Night shift", scheduled_for=late, lasts=2 * DAY)
    july = text_of(desk.get(reach("maintenance_calendar"), {"month": f"{next_year()}-07"}))
    assert f"July {next_year()}" in july
    assert re.findall(r'id="day-([\d-]+)"', july) == [
        f"{next_year()}-07-0{day}" for day in (1, 2, 3)
    ]
    assert re.findall(r"(\d\d:\d\d)</time> <bdi>Night shift", july) == ["00:30"]
    june = text_of(desk.get(reach("maintenance_calendar"), {"month": f"{next_year()}-06"}))
    assert re.findall(r'id="day-([\d-]+)"', june) == []


@pytest.mark.parametrize("month", ["", "x", "2026-13", "1999-01", "2026-1", "\u0662026-01"])
def test_a_month_that_is_none_is_this_one(desk: Visitor, reach: Reach, month: str) -> None:
    shown = text_of(desk.get(reach("maintenance_calendar"), {"month": month}))
    assert 'aria-current="date"' in shown


def test_months_are_switched_by_links(desk: Visitor, reach: Reach) -> None:
    shown = text_of(desk.get(reach("maintenance_calendar"), {"month": "2027-01"}))
    assert re.findall(r'rel="(\w+)" href="\?month=([\d-]+)"', shown) == [
        ("prev", "2026-12"),
        ("next", "2027-02"),
    ]


def test_a_day_leads_to_a_form_for_those_who_may(
    desk: Visitor, visit: Visit, viewer: Member, reach: Reach
) -> None:
    there = reach("maintenance_calendar") + "?month=2027-01"
    link = 'maintenance/new/?day=2027-01-15"'
    assert [link in text_of(who.get(there)) for who in (desk, visit(viewer))] == [True, False]


def test_a_full_day_says_how_many_more_there_are(desk: Visitor, reach: Reach, acme: Page) -> None:
    noon = utc_now().replace(year=next_year(), month=6, day=15, hour=10)
    for number in range(7):
        make_maintenance(acme, f"Number {number}", scheduled_for=noon, lasts=timedelta(hours=1))
    shown = text_of(desk.get(reach("maintenance_calendar"), {"month": f"{next_year()}-06"}))
    grid, _, agenda = shown.partition('class="agenda"')
    assert (grid.count("<bdi>Number"), "3 more" in grid, agenda.count("<bdi>Number")) == (
        4,
        True,
        7,
    )
