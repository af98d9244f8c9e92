"""Feeds of some components, asked of the front, without a database."""

import json
from pathlib import Path

import feedparser
import pytest
from icalendar import Calendar

from factories.moments import at
from pingpong.pages.models import Page
from pingpong.public import sifter as sifting
from pingpong.public.copies import encode
from pingpong.public.feed_sieve import (
    MOST_COMPONENTS,
    FilterTooLongError,
    components_in,
    sift,
)
from pingpong.public.front import Front
from pingpong.public.models import StoredBody
from pingpong.public.places import Places
from pingpong.public.refresher import Refresher
from pingpong.public.render import Renderer
from pingpong.public.sifter import Sifter

from .conftest import Reader, django_stands_in, make_copy
from .feed_stories import PAGE, Story, make_story, told_of

FEEDS = ("history.rss", "history.atom", "history.json", "maintenance.ics")


@pytest.fixture
def story(page: Page) -> Story:
    return make_story(page)


@pytest.fixture
def stocked(story: Story, front: Front, reader: Reader) -> Reader:
    Renderer().render_due(at(60))
    Refresher(front.library).sync()
    return reader


def _told(name: str, text: bytes) -> list[str]:
    """Return the ids of what a feed tells, by a parser of its own."""
    if name.endswith(".ics"):
        return [str(one["UID"]).split("@")[0] for one in Calendar.from_ical(text).walk("VEVENT")]
    if name.endswith(".json"):
        return [one["id"].removeprefix("urn:pingpong:") for one in json.loads(text)["items"]]
    parsed = feedparser.parse(text)
    assert not parsed.bozo
    return [one.id.removeprefix("urn:pingpong:") for one in parsed.entries]


@pytest.mark.parametrize("name", FEEDS)
def test_filtered_feed_has_what_is_about_the_components(
    stocked: Reader, story: Story, name: str
) -> None:
    def told(*ids: str) -> list[str]:
        answer = stocked.get(f"{PAGE}{name}", query=f"components={','.join(ids)}")
        assert answer.code == 200
        return [one.replace(":", "-") for one in _told(name, answer.body)]

    api, website = story.api.pk, story.website.pk
    of_api = {f"incident-{story.outage.pk}", f"maintenance-{story.planned.pk}"}
    of_website = {f"incident-{story.slow.pk}", f"maintenance-{story.over.pk}"}
    if name.endswith(".ics"):
        of_api = {f"maintenance-{story.planned.pk}"}
        of_website = {f"maintenance-{story.over.pk}"}
    assert set(told(api)) == of_api
    assert set(told(website)) == of_website
    assert set(told(website, api, "unknown")) == of_api | of_website
    assert told("unknown") == told(story.secret.pk) == told("<&\r\n>") == []
    whole = stocked.get(f"{PAGE}{name}")
    for query in ("utm=x", "components="):
        assert stocked.get(f"{PAGE}{name}", query=query).body == whole.body
    assert set(told(api, website)) == {one.replace(":", "-") for one in _told(name, whole.body)}


@pytest.mark.parametrize("name", FEEDS)
def test_filtered_feed_names_itself_and_is_like_any_other_answer(
    stocked: Reader, story: Story, name: str
) -> None:
    path, query = f"{PAGE}{name}", f"components={story.api.pk}"
    whole, answer = stocked.get(path), stocked.get(path, query=query)
    own = f"http://testserver{path}?components={story.api.pk}"
    assert own in answer.text.replace("\r\n ", "")
    assert own not in whole.text.replace("\r\n ", "")
    assert set(answer.headers) == set(whole.headers)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["ETag"] != whole.headers["ETag"]
    etag = answer.headers["ETag"]
    assert stocked.get(path, query=query, if_none_match=etag).code == 304
    head = stocked.ask("HEAD", path, query=query)
    assert (head.headers, head.body) == (answer.headers, b"")
    packed = stocked.get(path, query=query, accept_encoding="gzip")
    assert packed.body == encode(answer.body).gzip
    assert (packed.headers["Content-Encoding"], packed.headers["ETag"] != etag) == ("gzip", True)
    assert stocked.ask("POST", path, query=query).code == 405


def test_filtered_atom_feed_is_as_new_as_its_newest_entry(stocked: Reader, story: Story) -> None:
    query = f"components={story.website.pk}"
    parsed = feedparser.parse(stocked.get(f"{PAGE}history.atom", query=query).body)
    assert parsed.feed.updated == "2026-03-10T09:45:00Z"
    assert parsed.feed.id == f"urn:pingpong:page:{story.page.pk}:{story.website.pk}"


def test_filtered_feed_needs_no_database_and_no_memory(
    stocked: Reader, story: Story, folder: Path
) -> None:
    path, query = f"{PAGE}history.atom", f"components={story.api.pk}"
    answer = stocked.get(path, query=query)
    StoredBody.objects.all().delete()
    cold = Reader(Front(django_stands_in, folder=folder))
    assert cold.get(path, query=query).body == answer.body
    entry = cold.front.library.entries[path]
    entry.rest()
    assert cold.get(path, query=f"components={story.website.pk}").code == 200
    entry.vouch(0)
    assert cold.get(path, query=query).body == answer.body


def test_query_of_other_paths_is_not_looked_at(stocked: Reader, story: Story) -> None:
    query = f"components={story.website.pk}"
    for path in (PAGE, f"{PAGE}summary.json"):
        assert stocked.get(path, query=query).body == stocked.get(path).body


def test_filter_without_end_is_refused(stocked: Reader) -> None:
    many = ",".join(f"x{number}" for number in range(MOST_COMPONENTS + 1))
    for query in (f"components={many}", f"components={'x' * 3_000}", "&".join(["a=b"] * 100)):
        answer = stocked.get(f"{PAGE}history.rss", query=query)
        assert answer.code == 400
        assert json.loads(answer.body) == {"detail": "Name at most 50 components in `components`."}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", None),
        ("a=b", None),
        ("components=b,a,b", ("a", "b")),
        ("components=a%2Cb&components=c", ("a", "b", "c")),
        ("components=%00,a%0D%0A,é,x-y", ("a",)),
        ("components=!", ()),
        ("components=" + "x" * 41, ()),
    ],
)
def test_query_is_read_strictly(query: str, ids: tuple[str, ...] | None) -> None:
    assert components_in(query) == ids


def test_query_with_too_many_names_is_an_error() -> None:
    with pytest.raises(FilterTooLongError):
        components_in("components=" + ",".join(f"x{number}" for number in range(60)))


def test_former_address_leads_on_with_the_filter(
    stocked: Reader, front: Front, story: Story
) -> None:
    front.library.places = Places(moved={"older": "acme"})
    answer = stocked.get("/s/older/history.rss", query="components=a,b\r\nX: y")
    assert (answer.code, answer.headers["Location"]) == (
        302,
        "/s/acme/history.rss?components=a,b%0D%0AX%3A%20y",
    )


def test_sifted_feeds_are_remembered_within_bounds(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = told_of(story.page, at(60))[f"{PAGE}history.rss"]
    copy = make_copy(body.path, body.text.decode(), content_type=body.content_type)
    made: list[tuple[str, ...]] = []

    def count(content_type: str, text: bytes, ids: tuple[str, ...]) -> bytes:
        made.append(ids)
        return sift(content_type, text, ids)

    monkeypatch.setattr(sifting, "sift", count)
    roomy, narrow = Sifter(), Sifter(most_bytes=1)
    for _ in range(2):
        roomy.answers(copy, ("a",))
    assert made == [("a",)]
    for _ in range(2):
        assert narrow.answers(copy, ("b",)) is not None
    assert made == [("a",), ("b",), ("b",)]


def test_too_many_filters_at_once_are_put_off(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sifting, "_AT_ONCE", 0)
    monkeypatch.setattr(sifting, "_PATIENCE_S", 0)
    body = told_of(story.page, at(60))[f"{PAGE}history.rss"]
    assert Sifter().answers(make_copy(body.path, content_type=body.content_type), ("a",)) is None
