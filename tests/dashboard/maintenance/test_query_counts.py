"""Screens cost as many queries for much as for little, and few."""

from datetime import datetime, timedelta

import pytest

from factories.components import make_component, make_group
from factories.maintenance import make_maintenance, make_maintenance_template, make_series
from fixtures.queries import QueryCount
from fixtures.visitors import Visitor
from pingpong.kit.clock import utc_now
from pingpong.maintenance.models import Maintenance
from pingpong.pages.models import Page

from .conftest import Reach

MOST = 19


def fill(page: Page, total: int) -> Maintenance:
    """Make it many components, windows and templates; return the first one of a series."""
    have = page.components.count()
    for number in range(have, total):
        group = make_group(page, f"Group {number}")
        make_component(page, f"Component {number}", group=group)
        make_maintenance_template(page, f"Template {number}")
    affected = list(page.components.all())
    for number in range(have, total):
        make_maintenance(page, f"Number {number}", lasts=timedelta(days=3), affected=affected)
    starts = tomorrow()
    series = make_series(page, f"FREQ=DAILY;COUNT={total // 3}", starts=starts, affected=affected)
    return Maintenance.objects.filter(occurrence__series=series).order_by("scheduled_for")[0]


def tomorrow() -> datetime:
    return (utc_now() + timedelta(days=1)).replace(tzinfo=None, second=0, microsecond=0)


@pytest.mark.parametrize(
    "name",
    [
        "maintenance",
        "maintenance_calendar",
        "new_maintenance",
        "maintenance_templates",
        "new_maintenance_template",
        "one_maintenance",
        "edit_maintenance",
    ],
)
def test_a_screen_costs_the_same_for_3_and_for_30(
    desk: Visitor, reach: Reach, acme: Page, query_count: QueryCount, name: str
) -> None:
    of_one = name in {"one_maintenance", "edit_maintenance"}

    def cost(total: int) -> int:
        window = fill(acme, total)
        address = reach(name, maintenance=window.pk) if of_one else reach(name)
        with query_count() as counted:
            assert desk.get(address).status_code == 200
        return len(counted)

    few, many = cost(3), cost(30)
    assert few == many
    assert many <= MOST
