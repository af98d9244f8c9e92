"""Pages that are not for everybody, at each of their paths, as each kind of visitor."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse

from factories.actors import DONALD
from factories.components import make_component
from factories.incidents import make_incident
from factories.metrics import make_monitor
from factories.pages import make_page
from fixtures.cast import Member
from fixtures.visitors import Visit
from pingpong.kit.client_ip import networks
from pingpong.kit.clock import utc_now
from pingpong.pages.access import MOST_TRIES, change_access
from pingpong.pages.models import Page, Visibility
from pingpong.public import render
from pingpong.public.disk import Shelf
from pingpong.public.front import OWN_HOST, Front
from pingpong.public.models import StoredBody
from pingpong.public.refresher import Refresher
from pingpong.public.render import Renderer

from .conftest import Reader, django_stands_in

PAGE = "/s/acme/"
PATHS = (PAGE, f"{PAGE}summary.json")
PASSWORD = "open sesame"
INSIDE, OUTSIDE = "10.1.2.3", "198.51.100.7"
SAID: dict[str, dict[str, Any]] = {
    "password": {"password": PASSWORD},
    "networks": {"network_list": "10.1.0.0/16"},
    "team": {},
    "public": {},
}
Close = Callable[[str], None]


@pytest.fixture
def close(acme: Page) -> Close:
    def change(visibility: str) -> None:
        change_access(
            acme,
            visibility=Visibility(visibility),
            by=DONALD,
            now=utc_now(),
            **SAID[visibility],
        )

    return change


def _answers(response: HttpResponse) -> tuple[int, str]:
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "ETag" not in response.headers
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    return response.status_code, response.headers["Content-Type"].partition(";")[0]


HTML, JSON = "text/html", "application/json"


@pytest.mark.parametrize(
    ("visibility", "page", "document"),
    [
        ("password", (403, HTML), (403, JSON)),
        ("networks", (403, HTML), (403, JSON)),
        ("team", (302, HTML), (401, JSON)),
        ("public", (404, HTML), (404, JSON)),  # these never come to Django
    ],
)
def test_visitor_from_anywhere_sees_nothing_of_a_private_page(
    close: Close,
    visit: Visit,
    acme: Page,
    visibility: str,
    page: tuple[int, str],
    document: tuple[int, str],
) -> None:
    close(visibility)
    seen = [visit(None).get(path, REMOTE_ADDR=OUTSIDE) for path in (*PATHS, f"{PAGE}nothing")]
    assert [_answers(one) for one in seen] == [page, document, document]
    assert b"ACME" not in b"".join(one.content for one in seen)


@pytest.mark.parametrize("visibility", ["password", "networks", "team"])
def test_badges_of_a_private_page_are_as_unknown(
    close: Close, visit: Visit, acme: Page, visibility: str
) -> None:
    paths = [
        f"/widget/{kind}/{word}/" for kind in ("shields", "badge") for word in ("status", "uptime")
    ]
    assert {visit(None).get(path + acme.shields_key).status_code for path in paths} == {200}
    close(visibility)
    for path in paths:
        private, unknown = (
            visit(None).get(path + key) for key in (acme.shields_key, "sp_" + "0" * 32)
        )
        assert private.status_code == unknown.status_code == 404
        for answer in (private, unknown):
            del answer.headers["X-Request-Id"]
        assert (private.content, dict(private.headers)) == (
            unknown.content,
            dict(unknown.headers),
        )


def test_password_opens_the_page_and_its_paths_until_it_changes(
    close: Close, visit: Visit, acme: Page
) -> None:
    close("password")
    visitor = visit(None)
    wrong = visitor.post(f"{PAGE}unlock", {"password": "open"})
    assert (_answers(wrong), b"This is not the password" in wrong.content) == ((403, HTML), True)
    assert not visitor.cookies
    opened = visitor.post(f"{PAGE}unlock", {"password": PASSWORD})
    assert (opened.status_code, opened["Location"]) == (303, PAGE)
    cookie = visitor.cookies["page_pass"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", PAGE)
    assert PASSWORD not in cookie.value
    assert [_answers(visitor.get(path)) for path in PATHS] == [(200, HTML), (200, JSON)]
    assert b"ACME" in visitor.get(PAGE).content
    change_access(
        acme, visibility=Visibility.PASSWORD, password="another one", by=DONALD, now=utc_now()
    )
    assert [visitor.get(path).status_code for path in PATHS] == [403, 403]


def test_pass_of_one_page_opens_no_other(
    close: Close, visit: Visit, acme: Page, stranger: Member
) -> None:
    close("password")
    change_access(
        stranger.page,
        visibility=Visibility.PASSWORD,
        password="another secret",
        by=DONALD,
        now=utc_now(),
    )
    visitor = visit(None)
    visitor.post(f"{PAGE}unlock", {"password": PASSWORD})
    taken = visitor.cookies["page_pass"].value
    other = visit(None)
    other.cookies["page_pass"] = taken
    assert other.get("/s/lucky-charms/").status_code == 403
    assert other.get(PAGE).status_code == 200
    other.cookies["page_pass"] = taken[:-2] + "xx"
    assert other.get(PAGE).status_code == 403


def test_guesses_are_stopped(close: Close, visit: Visit) -> None:
    close("password")
    for _ in range(MOST_TRIES):
        visit(None).post(f"{PAGE}unlock", {"password": "guess"})
    stopped = visit(None).post(f"{PAGE}unlock", {"password": PASSWORD})
    assert (_answers(stopped), stopped.cookies.get("page_pass")) == ((429, HTML), None)


def test_networks_are_those_of_the_visitor_and_not_what_he_says(
    close: Close, visit: Visit, settings: Any
) -> None:
    close("networks")
    told = {"HTTP_X_FORWARDED_FOR": INSIDE}
    assert visit(None).get(PAGE, REMOTE_ADDR=INSIDE).status_code == 200
    assert visit(None).get(PAGE, REMOTE_ADDR=OUTSIDE, **told).status_code == 403
    settings.TRUSTED_PROXIES = networks(OUTSIDE)
    assert visit(None).get(PAGE, REMOTE_ADDR=OUTSIDE, **told).status_code == 200


def test_page_of_the_team_is_for_the_team(
    close: Close, visit: Visit, owner: Member, admin: Member, responder: Member, viewer: Member,
    stranger: Member,
) -> None:  # fmt: skip
    close("team")
    for member in (owner, admin, responder, viewer):
        assert [_answers(visit(member).get(path)) for path in PATHS] == [(200, HTML), (200, JSON)]
    assert [_answers(visit(stranger).get(path)) for path in PATHS] == [(404, HTML), (404, JSON)]
    asked = visit(None).get(PAGE)
    assert asked["Location"] == "/dashboard/account/login/?next=/s/acme/"


def test_charts_of_a_private_page_are_as_private(
    close: Close, visit: Visit, acme: Page, owner: Member
) -> None:
    monitor = make_monitor(acme)
    close("team")
    path = f"{PAGE}metrics/{monitor.pk}/days.json"
    assert _answers(visit(owner).get(path)) == (200, JSON)
    assert json.loads(visit(owner).get(path).content)["id"] == monitor.pk
    assert _answers(visit(None).get(path)) == (401, JSON)


def test_page_at_its_own_host_sends_its_team_to_where_it_is_known(
    close: Close, visit: Visit, owner: Member
) -> None:
    close("team")
    there = {OWN_HOST: "status.acme.example", "HTTP_HOST": "status.acme.example"}
    answered = visit(owner).get(PAGE, **there)
    assert (answered.status_code, answered["Location"]) == (302, "http://testserver/s/acme/")
    assert _answers(visit(owner).get(PATHS[1], **there)) == (403, JSON)


def test_pass_at_an_own_host_is_for_all_of_it(close: Close, visit: Visit) -> None:
    close("password")
    visitor = visit(None)
    there = {OWN_HOST: "status.acme.example", "HTTP_HOST": "status.acme.example"}
    assert b'action="/unlock"' in visitor.get(PAGE, **there).content
    opened = visitor.post(f"{PAGE}unlock", {"password": PASSWORD}, **there)
    cookie = visitor.cookies["page_pass"]
    assert (opened["Location"], cookie["path"], cookie["secure"]) == ("/", "/", True)


def test_page_that_is_closed_is_gone_from_memory_and_disk_without_the_engine(
    close: Close, acme: Page, folder: Path
) -> None:
    renderer, front = Renderer(), Front(django_stands_in, folder=folder)
    refresher, reader = Refresher(front.library), Reader(front)
    renderer.render_due(utc_now())
    refresher.sync()
    assert [reader.get(path).headers["Cache-Control"] for path in PATHS] == [
        "public, max-age=0, must-revalidate"
    ] * 2
    close("team")
    refresher.sync()
    assert not [path for path in front.library.entries if path.startswith(PAGE)]
    assert list(Shelf(folder).all()) == []
    assert [reader.get(path).body for path in PATHS] == [
        b"django " + path.encode() for path in PATHS
    ]
    # A start without a database shows it no more either.
    cold = Reader(Front(django_stands_in, folder=folder))
    assert cold.get(PAGE).body == b"django /s/acme/"


def test_closed_page_is_stored_no_more_and_comes_back_when_it_opens(
    close: Close, acme: Page, front: Front, reader: Reader, refresher: Refresher
) -> None:
    renderer = Renderer()
    moments = iter(range(1, 10))

    def render_again() -> None:
        renderer.render_due(utc_now() + timedelta(seconds=next(moments)))
        refresher.sync()

    render_again()
    close("networks")
    render_again()
    assert not StoredBody.objects.exists()
    assert reader.get("/s/acme").headers["Location"] == "acme/"
    close("public")
    render_again()
    assert reader.get(PAGE).code == 200
    assert "ACME" in reader.get(PAGE).text


def test_render_that_began_while_a_page_was_public_is_not_stored(
    close: Close, acme: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies_of = render.bodies_of

    def close_meanwhile(*given: Any, **more: Any) -> Any:
        close("team")
        return bodies_of(*given, **more)

    monkeypatch.setattr(render, "bodies_of", close_meanwhile)
    assert not render.render_page(acme.pk, now=utc_now())
    assert not StoredBody.objects.exists()


def test_closing_takes_less_than_a_second_in_a_running_front(
    transactional_db: None, tmp_path: Path
) -> None:
    page = make_page(now=utc_now())
    Renderer().render_due(utc_now())
    front = Front(django_stands_in, folder=tmp_path / "running")
    thread = front.start_refresher()
    try:
        reader = Reader(front)
        assert _becomes(lambda: reader.get(PAGE).body.startswith(b"<!DOCTYPE"), within_s=5)
        change_access(page, visibility=Visibility.TEAM, by=DONALD, now=utc_now())
        assert _becomes(lambda: reader.get(PAGE).body.startswith(b"django"), within_s=1)
    finally:
        front.stop()
        thread.join()


def _becomes(told: Callable[[], bool], *, within_s: float) -> bool:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if told():
            return True
        time.sleep(0.02)
    return False


def test_feeds_and_other_formats_of_a_private_page_are_as_private(
    close: Close, visit: Visit, acme: Page, owner: Member
) -> None:
    component = make_component(acme)
    incident = make_incident(acme, affected=[(component, "Minor issues")])
    close("team")
    feed, document = f"{PAGE}history.atom", f"{PAGE}api/v2/summary.json"
    assert _answers(visit(owner).get(feed)) == (200, "application/atom+xml")
    assert _answers(visit(owner).get(document)) == (200, JSON)
    told = [
        incident.pk.encode() in visit(owner).get(f"{feed}?components={ids}").content
        for ids in (component.pk, "unknown")
    ]
    assert told == [True, False]
    many = ",".join(f"x{number}" for number in range(60))
    assert _answers(visit(owner).get(f"{feed}?components={many}")) == (400, JSON)
    for path in (feed, document, f"{feed}?components={component.pk}"):
        assert _answers(visit(None).get(path)) == (401, JSON)
