import base64
import hashlib
import re
from datetime import timedelta

import pytest

from factories.components import make_component, make_group
from factories.incidents import make_incident, make_update, resolve
from factories.maintenance import make_maintenance
from factories.moments import at
from fixtures.queries import QueryCount
from pingpong.overview.summary import summarise
from pingpong.pages.models import Page
from pingpong.public import paper
from pingpong.public.page_html import AGE_SLOT, SCRIPT, STYLE, UNFOLDED, age_notice, render_html

pytestmark = pytest.mark.django_db

URL = "http://testserver/s/acme/"


def _html(page: Page, minute: float = 60) -> str:
    return render_html(summarise(page, now=at(minute)), url=URL, changed_at=at(minute))


def _words(html: str) -> str:
    body = re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


@pytest.mark.parametrize(
    ("status", "title", "color"),
    [
        ("Operational", "● All systems operational", "1f7a50"),
        ("Minor issues", "▲ Some systems have issues", "b06b00"),
        ("Unavailable", "✖ All systems down", "b3312a"),
        ("Maintenance mode", "◆ Under maintenance", "4a5f92"),
        ("Unknown", "● All systems operational", "1f7a50"),
    ],
)
def test_title_and_icon_say_how_it_is(page: Page, status: str, title: str, color: str) -> None:
    make_component(page, status=status, now=at(0))
    html = _html(page)
    assert f"<title>{title} \N{EN DASH} ACME</title>" in html
    assert f"%23{color}" in html
    assert f"<h1>{title[2:]}</h1>" in html


@pytest.mark.parametrize(
    ("statuses", "lead"),
    [
        ([], "There are no components on this page yet."),
        (["Operational"], "The one component is working normally."),
        (["Operational"] * 3, "All 3 components are working normally."),
        (["Major issues", "Operational"], "1 of 2 components is affected: Part 0."),
        (["Minor issues"] * 4, "4 of 4 components are affected."),
        (["Unavailable"] * 2, "None of the 2 components works: Part 0 , Part 1."),
        (["Unavailable"], "The one component does not work: Part 0."),
        (["Unknown"], "There is no data yet."),
        (
            ["Unknown", "Operational"],
            "Nothing is known of 1 of the 2 components; the rest is working normally.",
        ),
    ],
)
def test_lead_tells_what_the_headline_means(page: Page, statuses: list[str], lead: str) -> None:
    for number, status in enumerate(statuses):
        make_component(page, f"Part {number}", status=status, now=at(0))
    assert lead in _words(_html(page)).replace(" .", ".").replace(": Part", ": Part")


def test_page_tells_everything_in_order(page: Page) -> None:
    group = make_group(page, "Regions", now=at(0))
    component = make_component(page, "Europe", group=group, description="Near you", now=at(0))
    past = make_incident(page, "Slow at first", now=at(1))
    resolve(past, now=at(15))
    incident = make_incident(page, "It burns", affected=[(component, "Critical state")], now=at(20))
    make_update(incident, "Identified", message="<div>A cable.</div>", now=at(30))
    make_maintenance(page, "Rewiring", scheduled_for=at(50), ends_at=at(90), now=at(2))
    make_maintenance(page, "New fuse", scheduled_for=at(200), ends_at=at(230), now=at(2))
    words = _words(_html(page))
    order = [
        "All systems down",
        "The one component does not work: Europe",
        "Last change: 10 March 2026, 10:00 UTC",
        "Happening now It burns Since 10 March 2026, 09:20 UTC Europe Critical state",
        "Identified 10 March 2026, 09:30 UTC A cable.",
        "Reported 10 March 2026, 09:20 UTC We are looking into it.",
        "Maintenance in progress Rewiring Tue 10 March 2026, 09:50 \N{EN DASH} 10:30 UTC",
        "Planned maintenance New fuse",
        "Components 90 days ago today Regions 1 of 1 affected Europe Near you",
        "33.33% Critical state",
        "The last 15 days 10 March 2026 It burns Ongoing · since 10 March 2026, 09:20 UTC",
        "Slow at first Resolved after 14 min · Tue 10 March 2026, 09:01 \N{EN DASH} 09:15 UTC",
        "24 February \N{EN DASH} 9 March 2026 No incidents reported",
        "All times are in UTC.",
        "Powered by PingPong",
    ]
    places = [words.find(part) for part in order]
    assert [part for part, place in zip(order, places, strict=True) if place < 0] == []
    assert places == sorted(places)


def test_times_are_machine_readable_and_in_the_zone_of_the_page(page: Page) -> None:
    page.time_zone = "America/New_York"
    page.save()
    make_incident(page, now=at(0))
    html = _html(page)
    assert '<time datetime="2026-03-10T09:00:00Z">10 March 2026, 05:00 EDT</time>' in html
    assert "All times are in America/New York (EDT)." in html


def test_page_asks_no_other_host(page: Page) -> None:
    make_component(page, now=at(0))
    html = _html(page)
    addresses = re.findall(r'(?:src|href|content|url)\s*[=(]\s*["\']?([^"\'\s>)]*)', html)
    outside = {one for one in addresses if one.startswith(("http", "//"))}
    assert {one.partition("?")[0] for one in outside} == {URL, f"{URL}card.png"}
    assert "@import" not in html
    assert "@font-face" not in html


def test_policy_lets_in_the_style_and_script_that_are_there(page: Page) -> None:
    html = _html(page)
    policy = paper.policy(STYLE, script=SCRIPT)
    for tag, name in (("style", "style-src"), ("script", "script-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy
    assert re.findall(r"\son\w+=|\sstyle=", html) == []


def test_age_has_one_place(page: Page) -> None:
    html = _html(page)
    assert html.count(AGE_SLOT) == 1
    assert "last checked {minute}" in age_notice()


def test_calm_groups_are_folded_on_a_large_page_only(page: Page) -> None:
    calm, broken = make_group(page, "Calm", now=at(0)), make_group(page, "Broken", now=at(0))
    make_component(page, group=broken, status="Major issues", now=at(0))
    for number in range(UNFOLDED - 1):
        make_component(page, f"Part {number}", group=calm, now=at(0))
    folds = re.compile(r"<details class=\"group\"\s+id=\"[^\"]*\"\s*(open)?>")
    assert folds.findall(_html(page)) == ["open", "open"]
    make_component(page, "One more", group=calm, now=at(0))
    assert folds.findall(_html(page)) == ["", "open"]


def test_message_is_html_and_its_old_tags_are_known_ones(page: Page) -> None:
    message = "<div><b>bold</b> <strikethrough>gone</strikethrough></div>"
    make_incident(page, message=message, now=at(0))
    assert "<div><b>bold</b> <s>gone</s></div>" in _html(page)


def test_only_the_time_of_change_differs_between_two_renderings(page: Page) -> None:
    make_component(page, now=at(0))
    summary = summarise(page, now=at(5))
    first, second = (render_html(summary, url=URL, changed_at=at(minute)) for minute in (5, 5))
    assert first == second


def test_rendering_asks_the_database_nothing(page: Page, query_count: QueryCount) -> None:
    make_incident(page, affected=[(make_component(page, now=at(0)), "Minor issues")], now=at(1))
    summary = summarise(page, now=at(2))
    with query_count() as counted:
        render_html(summary, url=URL, changed_at=at(2) + timedelta(seconds=1))
    assert len(counted) == 0
