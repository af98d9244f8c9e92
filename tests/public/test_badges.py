"""Badges over HTTP: drawn from stored values, without a database, and honest about their age."""

import json
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fixtures.cast import Member
from fixtures.visitors import Visit
from pingpong.pages.models import Page, Visibility
from pingpong.public.badge_bodies import badge_bodies
from pingpong.public.copies import Copy, encode
from pingpong.public.entry import FRESH_S
from pingpong.public.front import Front
from pingpong.public.places import Places

from . import stories
from .conftest import Reader, Response, django_stands_in

FOLDER = "/s/acme/badge/"
NAME = f"{FOLDER}API/status.flat.svg"


@pytest.fixture
def stocked(reader: Reader) -> Reader:
    """Return a front that knows the values of one page, and nobody to ask for more."""
    (body,) = badge_bodies(stories.measured(), "/s/acme/", robots="noindex")
    copy = Copy(
        path=body.path,
        page_id="p",
        version=1,
        content_type=body.content_type,
        policy=body.policy,
        digest=body.digest,
        slot=body.slot,
        notice=body.notice,
        bodies=encode(body.text),
        robots=body.robots,
    )
    reader.front.library.put([copy], {"p": time.time()})
    return reader


def _title(response: Response) -> str | None:
    root = ET.fromstring(response.body)  # noqa: S314 -- what we drew ourselves
    return root.findtext("{http://www.w3.org/2000/svg}title")


def test_badge_that_nobody_asked_for_is_drawn(stocked: Reader) -> None:
    answer = stocked.get(NAME)
    etag = answer.headers.pop("ETag")
    assert (answer.code, _title(answer)) == (200, "API: Operational")
    assert answer.headers == {
        "Content-Type": "image/svg+xml",
        "Content-Length": str(len(answer.body)),
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "X-Robots-Tag": "noindex",
        "Cache-Control": "public, max-age=0, must-revalidate",
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Link, X-Total-Count, Retry-After",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    again = stocked.get(NAME, if_none_match=etag)
    assert (again.code, again.body) == (304, b"")
    assert len(stocked.get(NAME, accept_encoding="br").body) < len(answer.body)


def test_badge_answers_other_methods_as_all_that_is_open(stocked: Reader) -> None:
    codes = {
        method: stocked.ask(method, NAME).code for method in ("HEAD", "OPTIONS", "POST", "DELETE")
    }
    assert codes == {"HEAD": 200, "OPTIONS": 204, "POST": 405, "DELETE": 405}
    assert stocked.ask("HEAD", NAME).body == b""


def test_names_of_no_badge_are_not_found(stocked: Reader) -> None:
    for path in (f"{FOLDER}nobody/status.svg", f"{FOLDER}status.huge.svg", FOLDER):
        assert stocked.get(path).code == 404
    assert stocked.get(f"{FOLDER}nobody/status.json").headers["Content-Type"] == "application/json"


def test_old_badge_says_so(stocked: Reader) -> None:
    fresh = stocked.get(NAME)
    checked = time.time() - FRESH_S - 60
    stocked.front.library.vouch({"p": checked})
    minute = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(checked))
    old = stocked.get(NAME)
    assert _title(old) == f"API: Operational. This may be out of date: last checked {minute}"
    assert f"Operational, as of {minute}".encode() in old.body
    assert (b"#1f7a50" in fresh.body, b"#1f7a50" in old.body) == (True, False)
    assert old.headers["ETag"] != fresh.headers["ETag"]
    told = json.loads(stocked.get(f"{FOLDER}status.json").body)
    assert (told["isError"], told["color"]) == (True, "#676c74")


def test_badge_is_there_after_a_cold_start_from_disk(stocked: Reader, folder: Path) -> None:
    later = Reader(Front(django_stands_in, folder=folder))
    assert later.get(NAME).body == stocked.get(NAME).body


def test_changed_values_are_drawn_at_once(stocked: Reader) -> None:
    stocked.get(NAME)
    entry = stocked.front.library.entries[f"{FOLDER}index.json"]
    assert entry.copy is not None
    text = entry.copy.bodies.identity.replace(b'"Operational","ok"', b'"Unavailable","down"')
    facts = {name: getattr(entry.copy, name) for name in Copy.__slots__ if name != "bodies"}
    changed = Copy(**{**facts, "digest": "new", "bodies": encode(text)})
    stocked.front.library.put([changed], {"p": time.time()})
    assert _title(stocked.get(NAME)) == "API: Unavailable"


def test_badge_is_found_at_the_page_s_own_host_and_from_its_former_slug(stocked: Reader) -> None:
    places = Places(hosts={"status.acme.example": "acme"}, moved={"old": "acme"})
    stocked.front.library.settle(places)
    own = stocked.get("/badge/API/status.svg", host="status.acme.example")
    assert (own.code, _title(own)) == (200, "API: Operational")
    moved = stocked.get("/s/old/badge/API/status.svg")
    assert (moved.code, moved.headers["Location"]) == (302, "/s/acme/badge/API/status.svg")


@pytest.mark.parametrize(
    ("visibility", "code"),
    [(Visibility.TEAM, 401), (Visibility.PASSWORD, 403), (Visibility.NETWORKS, 403)],
)
def test_badges_and_embeds_of_a_private_page_are_for_whom_it_is_for(
    acme: Page, visit: Visit, visibility: Visibility, code: int
) -> None:
    Page.objects.filter(pk=acme.pk).update(visibility=visibility)
    paths = [f"/s/acme/{name}" for name in ("badge/status.svg", "embed/widget", "embed/banner.js")]
    answers = [visit(None).get(path) for path in paths]
    assert [one.status_code for one in answers] == [code] * 3
    assert {one.headers["X-Frame-Options"] for one in answers} == {"DENY"}


def test_badge_of_a_private_page_is_kept_by_nobody(acme: Page, owner: Member, visit: Visit) -> None:
    Page.objects.filter(pk=acme.pk).update(visibility=Visibility.TEAM)
    desk = visit(owner)
    badge = desk.get("/s/acme/badge/status.for-the-badge.svg")
    assert (badge.status_code, badge.headers["Cache-Control"]) == (200, "private, no-store")
    assert badge.headers["Content-Type"] == "image/svg+xml"
    assert b"ALL SYSTEMS OPERATIONAL" in badge.content
    assert desk.get("/s/acme/badge/status.huge.svg").status_code == 404
    widget = desk.get("/s/acme/embed/widget")
    assert ("X-Frame-Options" in widget.headers, widget.status_code) == (False, 200)
    assert desk.get("/s/acme/").headers["X-Frame-Options"] == "DENY"
