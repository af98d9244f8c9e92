"""The history of a page that is not for everybody: for whom the page is, and stored nowhere."""

import re

import pytest
import time_machine

from factories.actors import DONALD
from factories.components import make_component
from factories.incidents import make_incident
from factories.maintenance import make_maintenance
from fixtures.cast import Member
from fixtures.queries import QueryCount
from fixtures.visitors import Visit
from pingpong.kit.clock import utc_now
from pingpong.pages.access import change_access
from pingpong.pages.models import Page, Visibility
from pingpong.public.models import StoredBody
from pingpong.public.render import render_page

PAGE = "/s/acme/"


@pytest.fixture
def paths(acme: Page) -> list[str]:
    """Close the page to all but its team; return what is in its history."""
    component = make_component(acme)
    incident = make_incident(acme, affected=[(component, "Minor issues")])
    window = make_maintenance(acme)
    change_access(acme, visibility=Visibility.TEAM, by=DONALD, now=utc_now())
    return [
        f"{PAGE}history/",
        f"{PAGE}history/{utc_now():%Y-%m}/",
        f"{PAGE}incidents/{incident.pk}/",
        f"{PAGE}maintenance/{window.pk}/",
        f"{PAGE}components/{component.pk}/",
        f"{PAGE}card.png",
    ]


def test_team_reads_the_history_and_nobody_else_does(
    paths: list[str], visit: Visit, owner: Member, responder: Member, stranger: Member
) -> None:
    for who, status in ((owner, 200), (responder, 200), (stranger, 404), (None, 401)):
        visitor = visit(who)
        answers = [visitor.get(path) for path in paths]
        assert [one.status_code for one in answers] == [status] * len(paths)
        assert {one.headers["Cache-Control"] for one in answers} == {"private, no-store"}


def test_documents_find_their_style_and_script(
    paths: list[str], visit: Visit, owner: Member
) -> None:
    visitor = visit(owner)
    text = visitor.get(paths[2]).content.decode()
    names = re.findall(r'"\.\./\.\./history\.([0-9a-f]{16}\.\w+)"', text)
    assert [name.rpartition(".")[2] for name in names] == ["css", "js"]
    kinds = [visitor.get(f"{PAGE}history.{name}").headers["Content-Type"] for name in names]
    assert kinds == ["text/css; charset=utf-8", "text/javascript; charset=utf-8"]


@pytest.mark.parametrize(
    "place",
    ["history/2019-01/", "history/x", "incidents/", "incidents/nobody/", "components/x/y/", "x/"],
)
def test_what_is_not_there_is_not_found(
    paths: list[str], visit: Visit, owner: Member, place: str
) -> None:
    assert visit(owner).get(f"{PAGE}{place}").status_code == 404


def test_nothing_of_it_is_stored(paths: list[str], acme: Page) -> None:
    render_page(acme.pk, now=utc_now())
    assert StoredBody.objects.count() == 0


def test_one_document_costs_the_same_for_a_long_history(
    paths: list[str], acme: Page, visit: Visit, owner: Member, query_count: QueryCount
) -> None:
    visitor = visit(owner)
    # What was drawn is kept for some seconds, which must not end in between.
    with time_machine.travel(utc_now(), tick=False):
        visitor.get(paths[2])
        with query_count() as for_few:
            visitor.get(paths[2])
        for _ in range(20):
            make_incident(acme)
        visitor.get(paths[2])
        with query_count() as for_many:
            visitor.get(paths[2])
    assert len(for_few) == len(for_many)
