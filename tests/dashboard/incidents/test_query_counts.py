"""Screens cost as many queries for much as for little, and few."""

import pytest

from factories.components import make_component, make_group
from factories.incidents import make_incident, make_template, make_update
from fixtures.queries import QueryCount
from fixtures.visitors import Visitor
from pingpong.incidents.models import Incident
from pingpong.pages.models import Page

from .conftest import Reach

MOST = 19


def fill(page: Page, total: int) -> Incident:
    """Make it many components, incidents, updates and templates; return the fullest incident."""
    have = page.components.count()
    for number in range(have, total):
        group = make_group(page, f"Group {number}")
        make_component(page, f"Component {number}", group=group)
        make_template(page, f"Template {number}")
    affected = [(one, "Minor issues") for one in page.components.all()]
    for number in range(have, total):
        incident = make_incident(page, f"Incident {number}", affected=affected)
        make_update(incident)
    full = make_incident(page, "Full", affected=affected)
    for _ in range(total):
        make_update(full)
    return full


@pytest.mark.parametrize(
    "name",
    [
        "incidents",
        "new_incident",
        "incident_templates",
        "new_incident_template",
        "incident",
        "edit_incident",
        "postmortem",
    ],
)
def test_a_screen_costs_the_same_for_3_and_for_30(
    desk: Visitor, reach: Reach, acme: Page, query_count: QueryCount, name: str
) -> None:
    of_one = name in {"incident", "edit_incident", "postmortem"}

    def cost(total: int) -> int:
        full = fill(acme, total)
        address = reach(name, incident=full.pk) if of_one else reach(name)
        with query_count() as counted:
            assert desk.get(address).status_code == 200
        return len(counted)

    few, many = cost(3), cost(30)
    assert few == many
    assert many <= MOST
