"""The list shows every component as it is, says why, and costs the same for few and many."""

from factories.components import make_component, make_group
from factories.incidents import make_incident
from factories.maintenance import make_maintenance
from fixtures.cast import Belongings, Member
from fixtures.queries import QueryCount
from fixtures.visitors import Visit, Visitor
from pingpong.components.models import Component
from pingpong.pages.models import Page

from .conftest import Reach, text_of


def listed(desk: Visitor, address: str) -> list[tuple[str, list[str]]]:
    sections = desk.get(address).context["listed"].sections
    return [
        (one.group.name if one.group else "", [row.component.name for row in one.rows])
        for one in sections
    ]


def test_list_follows_the_order_of_the_page_empty_groups_included(
    acme: Page, desk: Visitor, reach: Reach, website: Component
) -> None:
    group = make_group(acme, "System")
    make_group(acme, "Later")
    make_component(acme, "API", group=group)
    assert listed(desk, reach("components")) == [
        ("", ["Website"]),
        ("System", ["API"]),
        ("Later", []),
    ]


def test_component_under_an_incident_shows_its_status_and_names_the_incident(
    acme: Page, desk: Visitor, reach: Reach, website: Component
) -> None:
    incident = make_incident(acme, "Disk <full>", affected=[(website, "Unavailable")])
    response = desk.get(reach("components"))
    row = response.context["listed"].sections[0].rows[0]
    assert (row.status, website.own_status) == ("Unavailable", "Operational")
    assert row.reason.url == reach("incident", incident=incident.pk)
    assert "Incident “Disk &lt;full&gt;”</a> · by itself: Operational" in text_of(response)


def test_search_and_filters_narrow_the_list_and_hide_what_would_order_it(
    acme: Page, desk: Visitor, reach: Reach, website: Component
) -> None:
    group = make_group(acme, "System")
    make_component(acme, "ÜBERSICHT", group=group, status="Unavailable")
    make_component(acme, "Hidden", showcased=False)
    address = reach("components")
    assert listed(desk, f"{address}?q=übers") == [("System", ["ÜBERSICHT"])]
    assert listed(desk, f"{address}?q=system") == [("System", ["ÜBERSICHT"])]
    assert listed(desk, f"{address}?show=trouble") == [("System", ["ÜBERSICHT"])]
    assert listed(desk, f"{address}?show=hidden") == [("", ["Hidden"])]
    assert "data-grip" in text_of(desk.get(address))
    assert "data-grip" not in text_of(desk.get(f"{address}?q=übers"))
    assert "No component fits" in text_of(desk.get(f"{address}?q=nothing"))


def test_roles_see_the_tools_that_are_theirs(
    visit: Visit, reach: Reach, website: Component, responder: Member, viewer: Member
) -> None:
    seen = {
        name: text_of(visit(member).get(reach("components")))
        for name, member in (("responder", responder), ("viewer", viewer))
    }
    for name, is_there in (("responder", True), ("viewer", False)):
        assert ("/status/" in seen[name]) is is_there
        assert "data-grip" not in seen[name]
        assert "/showcased/" not in seen[name]
        assert "Website" in seen[name]


def test_stranger_finds_neither_the_list_nor_a_component_by_way_of_her_own_page(
    visit: Visit, stranger: Member, ours: Belongings, reach: Reach
) -> None:
    visitor = visit(stranger)
    assert visitor.get(reach("components")).status_code == 404
    hers = f"/dashboard/p/{stranger.page.slug}/components/"
    for rest in ("", "status/", "move/", "showcased/", "delete/"):
        answer = visitor.post(f"{hers}{ours.component.pk}/{rest}", {"status": "Unavailable"})
        assert answer.status_code == 404
    for rest in ("", "move/", "delete/"):
        assert visitor.post(f"{hers}groups/{ours.group.pk}/{rest}").status_code == 404
    assert visitor.get(f"{hers}n%00t/").status_code == 404


def test_empty_page_teaches_what_a_component_is(desk: Visitor, reach: Reach) -> None:
    assert "Add the first component" in text_of(desk.get(reach("components")))


def test_list_costs_the_same_for_3_and_for_30(
    acme: Page, desk: Visitor, reach: Reach, query_count: QueryCount
) -> None:
    def cost(total: int) -> int:
        for number in range(acme.components.count(), total):
            group = make_group(acme, f"Group {number}")
            one = make_component(acme, f"Component {number}", group=group)
            make_incident(acme, f"Incident {number}", affected=[(one, "Minor issues")])
            two = make_component(acme, f"Other {number}")
            make_maintenance(acme, affected=[two])
        with query_count() as counted:
            assert desk.get(reach("components")).status_code == 200
        return len(counted)

    few, many = cost(3), cost(30)
    assert few == many
    assert many < 15
