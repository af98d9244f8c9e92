"""The list of incidents: what goes on first, searched, filtered, in pages."""

import re
from datetime import timedelta

import pytest

from factories.incidents import make_incident, make_update, resolve
from fixtures.cast import Belongings
from fixtures.visitors import Visitor
from pingpong.components.models import Component
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page

from .conftest import Reach, text_of

NOW = utc_now()


def days_ago(days: int) -> dict[str, object]:
    return {"now": NOW - timedelta(days=days)}


def titles(text: str) -> list[str]:
    return re.findall(r"<strong><bdi>(.*?)</bdi></strong></a>", text)


@pytest.fixture
def some(acme: Page, website: Component) -> None:
    for days, title in ((9, "Old"), (2, "Recent")):
        resolve(make_incident(acme, title, **days_ago(days)), **days_ago(days - 1))
    make_incident(acme, "Going on", affected=[(website, "Minor issues")], **days_ago(5))
    make_incident(acme, "Newest", **days_ago(1))
    make_incident(acme, "Unpublished", is_draft=True, **days_ago(3))


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Newest", "Going on", "Unpublished", "Recent", "Old"]),
        ("?show=open", ["Newest", "Going on"]),
        ("?show=drafts", ["Unpublished"]),
        ("?show=resolved", ["Recent", "Old"]),
        ("?show=nonsense", ["Newest", "Going on", "Unpublished", "Recent", "Old"]),
        ("?q=old", ["Old"]),
        ("?q=website", ["Going on"]),
        ("?q=new&show=open", ["Newest"]),
        ("?q=new&show=drafts", []),
        ("?q=%00", ["Newest", "Going on", "Unpublished", "Recent", "Old"]),
        ("?q=%25", []),
        ("?page=99&show=drafts", ["Unpublished"]),
        ("?page=x&show=drafts", ["Unpublished"]),
    ],
)
def test_the_list_is_what_was_asked_for(
    desk: Visitor, reach: Reach, query: str, found: list[str]
) -> None:
    assert titles(text_of(desk.get(reach("incidents") + query))) == found


@pytest.mark.usefixtures("some")
def test_filters_say_how_many_there_are(desk: Visitor, reach: Reach) -> None:
    told = text_of(desk.get(reach("incidents")))
    chips = re.findall(r'<a href="\?[^"]*"[^>]*>([A-Z]\w+ \d+)</a>', told)
    assert chips == ["All 5", "Open 2", "Drafts 1", "Resolved 2"]


def test_a_long_list_is_in_pages_that_keep_the_search(
    desk: Visitor, reach: Reach, acme: Page
) -> None:
    for number in range(27):
        make_incident(acme, f"Number {number}", now=NOW + timedelta(seconds=number))
    first = text_of(desk.get(reach("incidents") + "?q=number"))
    assert len(titles(first)) == 25
    assert 'href="?q=number&amp;page=2"' in first
    second = text_of(desk.get(reach("incidents") + "?q=number&page=2"))
    assert titles(second) == ["Number 1", "Number 0"]


def test_an_empty_list_says_what_it_is_for(desk: Visitor, reach: Reach) -> None:
    assert "No incidents, and may it stay so" in text_of(desk.get(reach("incidents")))
    assert "No incident fits" in text_of(desk.get(reach("incidents") + "?q=x"))


def test_nothing_of_other_people_is_listed(desk: Visitor, reach: Reach, theirs: Belongings) -> None:
    assert theirs.incident.title not in text_of(desk.get(reach("incidents")))


def test_a_row_tells_state_components_and_the_last_update(
    desk: Visitor, reach: Reach, acme: Page, website: Component
) -> None:
    incident = make_incident(
        acme, affected=[(website, "Minor issues")], now=NOW - timedelta(hours=3)
    )
    make_update(incident, "Verifying", now=NOW - timedelta(hours=1))
    told = text_of(desk.get(reach("incidents")))
    assert ("Verifying" in told, "Website" in told) == (True, True)
    assert "last update 1\xa0hour" in told
