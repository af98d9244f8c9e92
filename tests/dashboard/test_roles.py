"""The truth table of roles and routes, against the URL table and against the product."""

import pytest
from django.http import HttpResponse

from dashboard.routes import Rule, address_of, routes, rules
from fixtures.cast import Belongings, Member
from fixtures.visitors import Visit

ROUTES = {route.name: route for route in routes()}
RULES = [rule for rule in rules() if rule.route in ROUTES]
TEAM = ("viewer", "responder", "admin", "owner")


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    ruled = {rule.route for rule in rules()}
    assert (sorted(set(ROUTES) - ruled), sorted(ruled - set(ROUTES))) == ([], [])


def test_rules_name_the_methods_that_a_route_has() -> None:
    told: dict[str, set[str]] = {}
    for rule in RULES:
        told.setdefault(rule.route, set()).add(rule.method)
    known = {name: route.methods for name, route in ROUTES.items() if route.methods is not None}
    assert {name: methods for name, methods in told.items() if name in known} == known


def test_no_rule_is_there_twice() -> None:
    keys = [(rule.route, rule.method) for rule in rules()]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.method}-{rule.route}")
def test_route_lets_in_whom_the_table_names(
    rule: Rule, visit: Visit, ours: Belongings, request: pytest.FixtureRequest
) -> None:
    seen = {}
    for name in ("anonymous", "stranger", *TEAM):
        member: Member | None = None
        if name != "anonymous":
            member = request.getfixturevalue(name)
        path = address_of(ROUTES[rule.route], ours)
        seen[name] = verdict(visit(member).generic(rule.method, path, **_form(rule.method)))
    assert seen == expected(rule.least)


def expected(least: str) -> dict[str, str]:
    """Return what each of the cast should be answered."""
    if least == "everybody":
        return dict.fromkeys(("anonymous", "stranger", *TEAM), "let in")
    if least == "nobody":
        return dict.fromkeys(("anonymous", "stranger", *TEAM), "not found")
    found = {"anonymous": "sign in first"}
    if least == "person":
        return found | dict.fromkeys(("stranger", *TEAM), "let in")
    found["stranger"] = "not found"
    for number, name in enumerate(TEAM):
        found[name] = "let in" if number >= TEAM.index(least) else "forbidden"
    return found


def verdict(response: HttpResponse) -> str:
    """Say in words what became of a request. What a form is told counts as let in."""
    if response.status_code in (301, 302, 303):
        return "sign in first" if "/account/login/" in response["Location"] else "let in"
    names = {403: "forbidden", 404: "not found"}
    is_in = response.status_code < 400 or response.status_code == 422
    return "let in" if is_in else names.get(response.status_code, str(response.status_code))


def _form(method: str) -> dict[str, str]:
    return {"content_type": "application/x-www-form-urlencoded"} if method == "POST" else {}
