"""The feeds, read by parsers that did not write them."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import feedparser
import pytest
from icalendar import Calendar

from factories.actors import DONALD
from factories.components import make_component
from factories.incidents import make_incident, make_update
from factories.maintenance import make_maintenance, make_series
from factories.moments import at
from fixtures.queries import QueryCount
from pingpong.components.lifecycle import set_own_status
from pingpong.incidents.models import Incident
from pingpong.maintenance.lifecycle import change_maintenance, delete_maintenance
from pingpong.maintenance.models import Maintenance
from pingpong.overview.recent import Recent, recent_of
from pingpong.pages.models import Page
from pingpong.public import recent_bodies
from pingpong.public.feed_entries import MOST_ENTRIES, Entry
from pingpong.public.feed_xml import Channel, atom, rss
from pingpong.public.models import StoredBody
from pingpong.public.render import Renderer

from .feed_stories import DAY, PAGE, Story, by_id, make_story, told_of

pytestmark = pytest.mark.django_db

URL = "http://testserver/s/acme/"
HOSTILE = "]]></item></entry>\x08\x0b\ufffe\r\nEND:VEVENT\r\nBEGIN:VEVENT\u2028<!--&\\;,\U0001f4a5"


@pytest.fixture
def story(page: Page) -> Story:
    return make_story(page)


def _feed(page: Page, name: str, now: datetime) -> Any:
    parsed = feedparser.parse(told_of(page, now)[f"{PAGE}{name}"].text)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def _events(page: Page, now: datetime) -> dict[str, Any]:
    calendar = Calendar.from_ical(told_of(page, now)[f"{PAGE}maintenance.ics"].text)
    assert calendar.errors == []
    return by_id(calendar.walk("VEVENT"), lambda one: str(one["UID"]))


@pytest.mark.parametrize(
    ("name", "version"), [("history.rss", "rss20"), ("history.atom", "atom10")]
)
def test_feed_tells_incidents_and_maintenance_with_the_latest_news_first(
    story: Story, name: str, version: str
) -> None:
    parsed = _feed(story.page, name, at(60))
    assert (parsed.version, parsed.feed.title) == (version, "ACME status")
    assert parsed.feed.link == URL
    assert {one.rel: one.href for one in parsed.feed.links}["self"] == f"{URL}{name}"
    assert [one.title for one in parsed.entries] == [
        "In progress: Outage",
        "Maintenance complete: Rewiring",
        "Resolved: Slow <pages>",
        "Planned maintenance: Move; north, then \\south",
    ]
    assert [one.id for one in parsed.entries][:2] == [
        f"urn:pingpong:incident:{story.outage.pk}",
        f"urn:pingpong:maintenance:{story.over.pk}",
    ]
    assert parsed.entries[0].link == f"{URL}incidents/{story.outage.pk}/"
    slow = parsed.entries[2]
    assert [tag.term for tag in slow.tags] == [story.website.pk]
    assert (slow.published, slow.updated) == (
        ("2026-03-10T09:05:00Z" if version == "atom10" else "Tue, 10 Mar 2026 09:05:00 +0000"),
        "2026-03-10T09:40:00Z",
    )


def test_entry_has_the_story_as_the_page_tells_it(story: Story) -> None:
    for name in ("history.rss", "history.atom"):
        slow = _feed(story.page, name, at(60)).entries[2]
        text = slow.content[0].value if "content" in slow else slow.description
        assert text == (
            "<ul><li>Website: Minor issues</li></ul>"
            "<h3>Postmortem</h3><div>A cache</div>"
            "<p><strong>Resolved</strong> 10 March 2026, 09:20 UTC</p><div>Resolved.</div>"
            "<p><strong>Verifying</strong> 10 March 2026, 09:10 UTC</p>"
            "<div>Better &amp; better</div>"
            "<p><strong>Reported</strong> 10 March 2026, 09:05 UTC</p>"
            "<div>We are looking into it.</div>"
        )


def test_json_feed_says_the_same(story: Story) -> None:
    feed = json.loads(told_of(story.page, at(60))[f"{PAGE}history.json"].text)
    atom = _feed(story.page, "history.atom", at(60))
    assert (feed["version"], feed["feed_url"], feed["home_page_url"]) == (
        "https://jsonfeed.org/version/1.1",
        f"{URL}history.json",
        URL,
    )
    assert [(one["id"], one["title"], one["content_html"]) for one in feed["items"]] == [
        (one.id, one.title, one.content[0].value) for one in atom.entries
    ]
    assert [one["date_modified"] for one in feed["items"]] == [one.updated for one in atom.entries]
    assert feed["items"][2]["tags"] == ["Website"]


def test_what_is_hidden_is_in_no_feed(story: Story) -> None:
    told = told_of(story.page, at(60))
    assert [path for path, one in told.items() if b"Secret" in one.text] == []
    assert [path for path, one in told.items() if story.secret.pk.encode() in one.text] == []


def test_calendar_tells_windows_in_utc_with_names_that_stay(story: Story) -> None:
    body = told_of(story.page, at(60))[f"{PAGE}maintenance.ics"]
    lines = body.text.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in body.text.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(body.text)
    assert calendar["REFRESH-INTERVAL"].to_ical() == b"PT1H"
    assert (calendar["METHOD"], calendar["X-WR-CALNAME"]) == ("PUBLISH", "ACME status")
    event = _events(story.page, at(60))[f"maintenance-{story.planned.pk}@pingpong"]
    assert (event.start, event.end) == (at(2 * DAY), at(2 * DAY + 60))
    assert (event["SUMMARY"], event["STATUS"]) == ("Move; north, then \\south", "CONFIRMED")
    assert event["DESCRIPTION"] == "API\nBack soon."
    assert (event["SEQUENCE"], event["LAST-MODIFIED"].dt) == (0, at(3))
    assert event["X-PINGPONG-COMPONENTS"] == story.api.pk


def test_calendar_knows_the_newer_of_two_versions(story: Story) -> None:
    uid = f"maintenance-{story.planned.pk}@pingpong"
    changes = {"scheduled_for": at(3 * DAY), "ends_at": at(3 * DAY + 60)}
    change_maintenance(story.planned, changes, by=DONALD, now=at(70))
    moved = _events(story.page, at(71))[uid]
    assert (moved["SEQUENCE"], moved["LAST-MODIFIED"].dt, moved.start) == (1, at(70), at(3 * DAY))
    delete_maintenance(story.planned, by=DONALD, now=at(80))
    gone = _events(story.page, at(81))[uid]
    assert (gone["SEQUENCE"], gone["LAST-MODIFIED"].dt) == (2, at(80))
    assert (gone["STATUS"], gone["SUMMARY"]) == (
        "CANCELLED",
        "Called off: Move; north, then \\south",
    )
    assert gone["X-PINGPONG-COMPONENTS"] == story.api.pk


def test_calendar_says_what_is_over_and_forgets_what_was_deleted_after(story: Story) -> None:
    uid = f"maintenance-{story.over.pk}@pingpong"
    over = _events(story.page, at(60))[uid]
    assert (over["SUMMARY"], over["LAST-MODIFIED"].dt) == ("✓ Rewiring", at(45))
    assert over["DESCRIPTION"].startswith("Maintenance complete\nWebsite")
    delete_maintenance(story.over, by=DONALD, now=at(61))
    assert uid not in _events(story.page, at(62))


def test_hostile_texts_stay_texts_everywhere(page: Page) -> None:
    component = make_component(page, now=at(0))
    affected = [(component, "Minor issues")]
    incident = make_incident(page, affected=affected, message=f"<div>{HOSTILE}</div>", now=at(1))
    make_update(incident, message=f"<div>{HOSTILE}</div>", now=at(2))
    make_maintenance(page, affected=[component], message=f"<div>{HOSTILE}</div>", now=at(1))
    Incident.objects.update(title=HOSTILE)
    Maintenance.objects.update(title=HOSTILE)
    component.name = HOSTILE[:50]
    component.save()
    for name in ("history.rss", "history.atom"):
        parsed = _feed(page, name, at(3))
        assert len(parsed.entries) == 2
        assert "]]></item></entry>" in parsed.entries[0].title
        assert "\U0001f4a5" in parsed.entries[0].title
    feed = json.loads(told_of(page, at(3))[f"{PAGE}history.json"].text)
    assert feed["items"][1]["title"].endswith(HOSTILE)
    (event,) = _events(page, at(3)).values()
    assert event["SUMMARY"] == "]]></item></entry>\n\nEND:VEVENT\nBEGIN:VEVENT\n<!--&\\;,\U0001f4a5"


@pytest.mark.parametrize("write", [atom, rss])
def test_nul_breaks_no_feed(write: Callable[..., str]) -> None:
    """Of our two databases one holds NUL."""
    channel = Channel("urn:x", "A\x00", "B", "en", URL, URL, at(0))
    entry = Entry("urn:y", "C\x00D", URL, "<p>\x00</p>", "\x00", at(0), at(0), (("e", "\x00"),))
    parsed = feedparser.parse(write(channel, [entry]).encode())
    assert (bool(parsed.bozo), parsed.entries[0].title) == (False, "CD")


def test_feed_is_bounded_and_far_windows_of_a_series_are_no_news(page: Page) -> None:
    make_series(page, "FREQ=WEEKLY", starts=at(DAY).replace(tzinfo=None), now=at(0))
    for number in range(MOST_ENTRIES + 5):
        make_incident(page, f"Number {number}", now=at(number))
    parsed = _feed(page, "history.atom", at(60))
    assert len(parsed.entries) == MOST_ENTRIES
    windows = len(_events(page, at(60)))
    Incident.objects.all().delete()
    news = _feed(page, "history.atom", at(61)).entries
    assert (len(news), windows > 2) == (2, True)


def test_empty_page_has_valid_feeds(page: Page) -> None:
    assert [len(_feed(page, name, at(1)).entries) for name in ("history.rss", "history.atom")] == [
        0,
        0,
    ]
    assert _events(page, at(1)) == {}


def test_page_leads_to_its_feeds(story: Story) -> None:
    html = told_of(story.page, at(60))[PAGE].text.decode()
    head = html.partition("</head>")[0]
    for name in ("history.rss", "history.atom", "history.json", "maintenance.ics"):
        assert f'href="{name}"' in head
    assert '<a href="history.rss">RSS</a>' in html


def test_reading_costs_the_same_for_few_and_for_many(page: Page, query_count: QueryCount) -> None:
    def cost() -> int:
        component = make_component(page, now=at(0))
        for _ in range(4):
            incident = make_incident(page, affected=[(component, "Minor issues")], now=at(1))
            make_update(incident, now=at(2))
            make_maintenance(page, affected=[component], now=at(1))
            make_maintenance(
                page, affected=[component], scheduled_for=at(2), ends_at=at(3), now=at(1)
            )
        with query_count() as counted:
            recent_of(page.pk, showcased=[component.pk], now=at(9))
        return len(counted)

    assert cost() == cost() <= 9


def test_past_is_read_again_only_when_there_is_news_of_it(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    renderer = Renderer()
    read: list[str] = []

    def counted(page_id: str, **how: Any) -> Recent:
        read.append(page_id)
        return recent_of(page_id, **how)

    def reads(minute: float) -> int:
        read.clear()
        assert renderer.render_due(at(minute)) == 1
        return len(read)

    monkeypatch.setattr(recent_bodies, "recent_of", counted)
    assert reads(60) == 1
    set_own_status(story.website, "Minor issues", by=DONALD, now=at(61))
    assert reads(61) == 0
    paths = [f"{PAGE}history.atom", f"{PAGE}api/v2/incidents.json"]
    stored = StoredBody.objects.filter(path__in=paths).order_by("-path")
    feed, document = (bytes(one.identity).decode() for one in stored)
    assert ("Slow" in feed, '"degraded_performance","created_at"' in document) == (True, True)
    make_update(story.outage, "Identified", message="<div>A cable</div>", now=at(62))
    assert reads(62) == 1
    assert ["A cable" in bytes(one.identity).decode() for one in stored.all()] == [True, True]
    # Midnight and the edges of windows are news too.
    assert reads(2 * DAY) == 1
