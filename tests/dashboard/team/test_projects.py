"""Several projects of one person: listed, switched between, made and deleted."""

import pytest
from django.test import Client

from dashboard.sign_in.entering import confirm, sign_in
from factories.components import make_component
from factories.teams import make_membership
from fixtures.cast import Member
from fixtures.queries import QueryCount
from fixtures.visitors import Visit
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page
from pingpong.teams.founding import found_project
from pingpong.teams.roles import Role

from .conftest import Reach


def found_another(owner: Member, slug: str) -> Page:
    found = found_project(
        owner.person,
        name=slug.title(),
        slug=slug,
        time_zone="UTC",
        by=owner.actor,
        now=utc_now(),
    )
    return found.page


def test_projects_are_listed_with_their_states_and_nobody_elses(
    visit: Visit, owner: Member, stranger: Member
) -> None:
    page = found_another(owner, "broken")
    make_component(page, "API", status="Critical state")
    text = visit(owner).get("/dashboard/?all").content.decode()
    assert all(word in text for word in ("ACME", "All systems operational", "All systems down"))
    assert stranger.page.name not in text
    found = visit(owner).get("/dashboard/?all=&q=brok").content.decode()
    assert ("/dashboard/p/broken/" in found, "/dashboard/p/acme/" in found) == (True, False)


def test_switcher_names_the_other_projects(
    visit: Visit, owner: Member, stranger: Member, query_count: QueryCount
) -> None:
    inside = visit(owner)
    inside.get("/dashboard/projects/switch/")
    counts = []
    for some in (range(3), range(3, 9)):
        for number in some:
            found_another(owner, f"p{number}")
        with query_count() as counted:
            text = inside.get("/dashboard/projects/switch/?at=acme").content.decode()
        with query_count() as listed:
            inside.get("/dashboard/?all")
        counts.append((len(counted), len(listed)))
    assert ("/p/p8/" in text, "/p/acme/" in text) == (True, False)
    assert stranger.page.slug not in text
    assert counts[0] == counts[1]
    assert max(counts[1]) < 20


def test_project_is_deleted_by_its_owner_who_types_its_name_and_the_password(
    acme: Page, reach: Reach, stranger: Member
) -> None:
    boss = make_membership(acme, Role.OWNER, name="Scrooge McDuck").person
    client, address = Client(), reach("delete_project")
    sign_in(client, boss.email)
    for answer in (client.get(address), client.post(address, {"slug": "acme"})):
        assert answer["Location"].startswith("/dashboard/account/again/")
    confirm(client)
    assert client.post(address, {"slug": "ACME"}).status_code == 422
    assert Page.objects.filter(slug="acme").exists()
    assert client.post(address, {"slug": "acme"})["Location"] == "/dashboard/?all"
    assert list(Page.objects.all()) == [stranger.page]
    assert client.get(reach("team")).status_code == 404


@pytest.mark.parametrize("who", ["admin", "stranger"])
def test_project_is_deleted_by_nobody_else(
    who: str, acme: Page, reach: Reach, visit: Visit, request: pytest.FixtureRequest
) -> None:
    visit(request.getfixturevalue(who)).post(reach("delete_project"), {"slug": "acme"})
    assert Page.objects.filter(slug="acme").exists()
