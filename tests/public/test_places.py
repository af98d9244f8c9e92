"""Hosts of pages' own, and addresses that were given up, at the door of the web process."""

from pathlib import Path

import pytest

from factories.actors import DONALD
from factories.moments import at
from factories.pages import make_page
from pingpong.kit.clock import utc_now
from pingpong.pages.access import change_access
from pingpong.pages.changing import change_page
from pingpong.pages.domains import check_due, claim_domain, release_domain
from pingpong.pages.models import Page, PageDomain, Visibility
from pingpong.public import statics, watch
from pingpong.public.front import Front
from pingpong.public.places import Places, places_from, slug_in
from pingpong.public.refresher import Refresher
from pingpong.public.render import Renderer

from .conftest import Reader, django_stands_in

HOST = "status.acme.example"
OWN = "testserver"


def prove(page: Page, host: str = HOST) -> PageDomain:
    domain = claim_domain(page, host, by=DONALD, now=at(0))
    check_due(at(0), lambda _name: frozenset([domain.token]))
    return domain


@pytest.fixture
def at_home(page: Page, reader: Reader, refresher: Refresher) -> Reader:
    """A reader of a front where ACME has a host of its own, and another page has none."""
    make_page(name="Other", slug="other", now=at(0))
    prove(page)
    Renderer().render_due(at(1))
    refresher.sync()
    return reader


@pytest.mark.parametrize("host", [HOST, "Status.ACME.example", f"{HOST}.", f"{HOST}.:443"])
def test_page_is_shown_at_its_own_host(at_home: Reader, host: str) -> None:
    page, document = at_home.get("/", host=host), at_home.get("/summary.json", host=host)
    assert (page.code, document.code) == (200, 200)
    assert "<title>" in page.text
    assert "ACME" in page.text
    assert page.body == at_home.get("/s/acme/", host=OWN).body


@pytest.mark.parametrize(
    "path",
    [
        "/dashboard/",
        "/dashboard/account/login/",
        "/rest/v1/components",
        "/widget/shields/status/x",
        "/heartbeat/x",
        "/healthz",
        "/metrics",
        "/static/x.css",
        "/s/other/",
        "/s/acme/",
        "/../other/",
        "//other/",
    ],
)
def test_nothing_else_is_found_at_a_pages_host(at_home: Reader, path: str) -> None:
    assert at_home.get(path, host=HOST).code == 404


def test_chart_script_is_found_at_a_pages_host(at_home: Reader) -> None:
    assert at_home.get(statics.chart_script_path(), host=HOST).code == 200


@pytest.mark.parametrize("host", [OWN, f"evil.{HOST}", f"{HOST}.evil.example", f"x{HOST}", "", "@"])
def test_other_hosts_are_answered_as_ever(at_home: Reader, host: str) -> None:
    assert at_home.get("/", host=host).body == b"django /"
    assert at_home.get("/dashboard/", host=host).body == b"django /dashboard/"


def test_host_is_left_as_soon_as_it_is_given_up(
    page: Page, at_home: Reader, refresher: Refresher
) -> None:
    release_domain(page, by=DONALD, now=at(2))
    refresher.sync()
    assert at_home.get("/", host=HOST).body == b"django /"


def test_places_are_known_after_a_start_without_a_database(at_home: Reader, folder: Path) -> None:
    cold = Reader(Front(django_stands_in, folder=folder))
    assert cold.get("/", host=HOST).code == 200
    assert cold.front.library.places == at_home.front.library.places


def test_private_page_at_its_own_host_is_asked_of_django(
    page: Page, at_home: Reader, refresher: Refresher
) -> None:
    change_access(page, visibility=Visibility.TEAM, by=DONALD, now=at(2))
    refresher.sync()
    assert at_home.get("/", host=HOST).body == b"django /s/acme/"
    assert at_home.get("/dashboard/", host=HOST).body == b"django /s/acme/dashboard/"


def test_former_address_leads_to_the_page(page: Page, reader: Reader, refresher: Refresher) -> None:
    change_page(page, {"slug": "acme-status"}, by=DONALD, now=utc_now())
    Renderer().render_due(utc_now())
    refresher.sync()
    seen = {}
    for path in ("/s/acme/", "/s/acme", "/s/acme/summary.json", "/s/acme/a b\r\nX: y"):
        answer = reader.get(path)
        seen[answer.headers.get("Location")] = answer.code
    assert seen == {
        "/s/acme-status/": 302,
        "/s/acme-status/summary.json": 302,
        "/s/acme-status/a%20b%0D%0AX%3A%20y": 302,
    }
    assert reader.get("/s/acme-status/").code == 200


@pytest.mark.parametrize("what", ["host", "slug", "access"])
def test_what_moves_at_the_door_is_noticed(page: Page, what: str) -> None:
    before = watch.totals()
    if what == "host":
        prove(page)
    elif what == "slug":
        change_page(page, {"slug": "acme-status"}, by=DONALD, now=at(0))
    else:
        change_access(page, visibility=Visibility.TEAM, by=DONALD, now=at(0))
    assert watch.totals() != before


def test_places_survive_as_json_and_torn_ones_are_none() -> None:
    places = Places({"a.example": "a"}, frozenset(["b"]), {"c": "d"})
    assert places_from(places.facts()) == places
    assert [places_from(torn) for torn in (None, [], {}, {"hosts": 1})] == [Places()] * 4
    assert [slug_in(path) for path in ("/s/a/b", "/s/a", "/s/", "/x/a/")] == ["a", "a", "", ""]
