"""The palette finds what somebody may see and do, and nothing of other people."""

import pytest
from django.urls import reverse

from factories.components import make_component
from factories.incidents import make_incident
from factories.metrics import make_monitor
from fixtures.cast import Belongings, Member
from fixtures.queries import QueryCount
from fixtures.visitors import Visit, Visitor
from pingpong.dashboard.finding import MOST
from pingpong.dashboard.places import PLACES
from pingpong.pages.models import Page


@pytest.fixture
def address(acme: Page) -> str:
    return reverse("dashboard:find", kwargs={"slug": acme.slug})


def found(desk: Visitor, address: str, search: str = "") -> dict[str, list[str]]:
    groups = desk.get(address, {"q": search}).json()["groups"]
    return {one["label"]: [item["label"] for item in one["items"]] for one in groups}


def test_palette_offers_what_the_role_may_do(
    visit: Visit, admin: Member, responder: Member, viewer: Member, address: str
) -> None:
    offered = {
        one.person.name: found(visit(one), address).get("Do", [])
        for one in (admin, responder, viewer)
    }
    assert "Add a component" in offered["Daisy Duck"]
    assert offered["Huey Duck"][0] == "Report an incident"
    assert "Add a component" not in offered["Huey Duck"]
    assert offered["Dewey Duck"] == []


def test_palette_without_a_text_offers_places_and_projects_only(
    visit: Visit, viewer: Member, address: str, ours: Belongings
) -> None:
    shown = found(visit(viewer), address)
    assert list(shown) == ["Go to", "Projects"]
    assert shown["Go to"][:2] == ["Overview", "Incidents"]
    assert shown["Projects"] == ["ACME"]


def test_palette_finds_by_a_part_of_the_name(
    acme: Page, visit: Visit, viewer: Member, address: str, theirs: Belongings
) -> None:
    website = make_component(acme, "Website")
    incident = make_incident(acme, "The WEBSITE burns")
    answer = visit(viewer).get(address, {"q": "website"}).json()
    items = {one["label"]: one["items"] for one in answer["groups"]}
    every = reverse("dashboard:components", kwargs={"slug": acme.slug})
    assert items["Components"] == [{"label": "Website", "url": f"{every}#c-{website.pk}"}]
    one = reverse("dashboard:incident", kwargs={"slug": acme.slug, "incident": incident.pk})
    assert items["Incidents"] == [{"label": "The WEBSITE burns", "url": one}]


def test_palette_bears_odd_texts(visit: Visit, viewer: Member, address: str) -> None:
    desk = visit(viewer)
    for text in ("%", "_", "\0", "'\"", "\\", "x" * 5000, "😀"):
        assert desk.get(address, {"q": text}).status_code == 200


def test_stranger_finds_her_own_projects_only(
    visit: Visit, stranger: Member, address: str, ours: Belongings
) -> None:
    desk = visit(stranger)
    assert desk.get(address).status_code == 404
    assert found(desk, reverse("dashboard:find_project")) == {"Projects": ["Lucky Charms"]}
    assert found(desk, reverse("dashboard:find_project"), "acme") == {}


def test_finding_costs_the_same_for_3_and_for_30_and_is_bounded(
    acme: Page, visit: Visit, viewer: Member, address: str, query_count: QueryCount
) -> None:
    desk = visit(viewer)
    costs = []
    for total in (3, 30):
        for number in range(acme.components.count(), total):
            make_component(acme, f"Thing {number}")
            make_incident(acme, f"Thing {number}")
            make_monitor(acme, f"Thing {number}")
        with query_count() as counted:
            shown = found(desk, address, "thing")
        costs.append(len(counted))
        assert len(shown["Components"]) == min(total, MOST)
    assert costs[0] == costs[1]
    assert costs[1] < 10


def test_keys_of_places_are_told_apart_and_shown(visit: Visit, viewer: Member, acme: Page) -> None:
    keys = [place.key for place in PLACES]
    assert sorted(set(keys)) == sorted(keys)
    screen = visit(viewer).get(reverse("dashboard:overview", kwargs={"slug": acme.slug}))
    text = screen.content.decode()
    assert 'data-key="i"' in text
    assert "<kbd>g</kbd> <kbd>i</kbd>" in text
