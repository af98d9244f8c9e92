"""The number of queries does not depend on how much there is."""

import pytest

from api.bodies import body_for
from api.surface import OPERATIONS, PROJECT_ROUTES, Operation, path_to
from api.undoing import undone
from factories.components import make_component, make_group
from factories.incidents import make_incident, make_update
from factories.maintenance import make_maintenance
from factories.metrics import make_custom_metric, make_monitor
from fixtures.cast import Belongings, Member
from fixtures.queries import QueryCount
from pingpong.pages.models import Page

READING = [Operation(route, "GET") for route in PROJECT_ROUTES if hasattr(route.view, "get")]
CHANGING = [one for one in OPERATIONS if one.method in ("POST", "PUT")]
# With savepoints left out; a test that must change one of these has found a slower product.
MOST_TO_READ = 8
MOST_TO_WRITE = 45


def add(page: Page, ours: Belongings, count: int) -> None:
    """Add so many of everything, each touching a component in a group."""
    for number in range(count):
        component = make_component(page, f"C {number}", group=make_group(page, f"G {number}"))
        incident = make_incident(
            page,
            f"I {number}",
            affected=[(component, "Minor issues"), (ours.component, "Major issues")],
        )
        make_update(incident)
        make_update(ours.incident)
        make_maintenance(page, f"M {number}", affected=[component, ours.component])
        make_monitor(page, f"U {number}", component=component)
        make_custom_metric(page, f"X {number}", component=component)


def counted(query_count: QueryCount, owner: Member, operation: Operation, ours: Belongings) -> int:
    body = [body_for(operation, ours)] if operation.method != "GET" else []
    with undone(), query_count() as queries:
        answer = owner.ask(operation.method, path_to(operation, ours), *body)
    assert answer.status in (200, 201), answer.body
    return sum("SAVEPOINT" not in one["sql"] for one in queries.captured_queries)


@pytest.fixture
def counts(owner: Member, ours: Belongings, query_count: QueryCount) -> list[dict[str, int]]:
    """Return the queries of every operation with 3 and with 30 of everything."""
    found = []
    for more in (2, 27):
        add(owner.page, ours, more)
        found.append(
            {str(one): counted(query_count, owner, one, ours) for one in [*READING, *CHANGING]}
        )
    return found


def test_thirty_of_everything_cost_as_many_queries_as_three(counts: list[dict[str, int]]) -> None:
    few, many = counts
    assert many == few


def test_no_operation_asks_often(counts: list[dict[str, int]]) -> None:
    few, _ = counts
    reading = {name: count for name, count in few.items() if name.startswith("GET")}
    assert max(reading.values()) <= MOST_TO_READ, reading
    assert max(few.values()) <= MOST_TO_WRITE, few
