"""`?limit=&offset=`: the body stays a bare array, headers tell of the rest (contract A36)."""

import re
from typing import Any

import pytest

from api.surface import LISTS, Operation, path_to
from factories.components import make_component, make_group
from factories.incidents import make_incident, make_update
from factories.maintenance import make_maintenance
from factories.metrics import make_custom_metric, make_monitor
from fixtures.api_client import Answer
from fixtures.cast import Belongings, Member

LINK = re.compile(r'<http://testserver(?P<path>[^?>]+)\?(?P<query>[^>]+)>; rel="(?P<relation>\w+)"')


def links(answer: Answer) -> dict[str, str]:
    """Return path and query by relation."""
    return {
        match["relation"]: f"{match['path'].removeprefix('/rest/v1')}?{match['query']}"
        for match in LINK.finditer(answer.headers.get("Link", ""))
    }


@pytest.fixture
def five(ours: Belongings) -> Belongings:
    """Five of everything, the first of each being `ours`."""
    page = ours.component.page
    for number in range(4):
        make_group(page, f"Group {number}")
        make_component(page, f"Component {number}")
        make_incident(page, f"Incident {number}")
        make_update(ours.incident, message=f"{number}")
        make_maintenance(page, f"Maintenance {number}")
        make_monitor(page, f"Monitor {number}")
        make_custom_metric(page, f"Custom metric {number}")
    return ours


@pytest.mark.parametrize("operation", LISTS, ids=str)
def test_without_limit_there_is_all_and_no_header(
    operation: Operation, owner: Member, five: Belongings
) -> None:
    answer = owner.get(path_to(operation, five))
    assert (answer.status, len(answer.body)) == (200, 5)
    assert not {"Link", "X-Total-Count"} & set(answer.headers)


@pytest.mark.parametrize("operation", LISTS, ids=str)
def test_following_next_leads_through_all_of_it(
    operation: Operation, owner: Member, five: Belongings
) -> None:
    path = path_to(operation, five)
    whole = owner.get(path).body
    seen: list[Any] = []
    following: str | None = f"{path}?limit=2"
    while following is not None:
        answer = owner.ask("GET", following)
        assert answer.headers["X-Total-Count"] == "5"
        seen += answer.body
        following = links(answer).get("next")
    assert seen == whole


@pytest.mark.parametrize(
    ("query", "numbers", "relations"),
    [
        ("limit=2", [0, 1], {"next": "limit=2&offset=2"}),
        (
            "limit=2&offset=2",
            [2, 3],
            {"next": "limit=2&offset=4", "prev": "limit=2&offset=0"},
        ),
        ("limit=2&offset=1", [1, 2], {"next": "limit=2&offset=3", "prev": "limit=2&offset=0"}),
        ("limit=2&offset=4", [4], {"prev": "limit=2&offset=2"}),
        ("limit=5", [0, 1, 2, 3, 4], {}),
        ("limit=1000", [0, 1, 2, 3, 4], {}),
        ("offset=3", [3, 4], {"prev": "limit=1000&offset=0"}),
        ("limit=2&offset=5", [], {"prev": "limit=2&offset=3"}),
        ("limit=2&offset=2147483647", [], {"prev": "limit=2&offset=2147483645"}),
    ],
)
def test_a_part_is_told_with_its_neighbours(
    owner: Member,
    five: Belongings,
    query: str,
    numbers: list[int],
    relations: dict[str, str],
) -> None:
    whole = owner.get("/components").body
    answer = owner.ask("GET", f"/components?{query}")
    assert answer.body == [whole[number] for number in numbers]
    assert links(answer) == {
        relation: f"/components?{query}" for relation, query in relations.items()
    }


def test_a_filter_stays_in_the_links(owner: Member, five: Belongings) -> None:
    answer = owner.get("/incidents", status="In progress", limit=2)
    assert links(answer) == {"next": "/incidents?status=In+progress&limit=2&offset=2"}
    assert answer.headers["X-Total-Count"] == "4"


def test_links_stand_on_the_configured_address_whatever_the_client_says(
    owner: Member, five: Belongings
) -> None:
    answer = owner.ask("GET", "/components?limit=2", host="evil.test", x_forwarded_host="evil.test")
    assert "evil.test" not in repr(answer.headers)
    assert links(answer) == {"next": "/components?limit=2&offset=2"}


def test_what_a_client_put_into_the_query_stays_inside_the_link(
    owner: Member, five: Belongings
) -> None:
    answer = owner.ask("GET", "/components?limit=2&x=%3E%3B%20rel%3Dnext%2C%3C%0D%0AX:%20y")
    assert answer.headers["Link"].count("<") == answer.headers["Link"].count(">") == 1
    assert "\n" not in answer.headers["Link"]


@pytest.mark.parametrize(
    ("status", "count"), [("In progress", 4), ("INVESTIGATING", 1), ("resolved", 0)]
)
def test_incidents_can_be_asked_for_by_status(
    owner: Member, five: Belongings, status: str, count: int
) -> None:
    assert len(owner.get("/incidents", status=status).body) == count


@pytest.mark.parametrize(
    ("status", "count"), [("upcoming", 5), ("In progress", 0), ("Complete", 0)]
)
def test_maintenance_can_be_asked_for_by_status(
    owner: Member, five: Belongings, status: str, count: int
) -> None:
    assert len(owner.get("/maintenance", status=status).body) == count


def test_components_can_be_asked_for_by_group(owner: Member, five: Belongings) -> None:
    found = owner.get("/components", group=five.group.pk).body
    assert [one["id"] for one in found] == [five.component.pk]
