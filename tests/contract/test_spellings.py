"""Every alias, with and without a slash at the end, answers like the canonical path."""

import json
import re

import pytest
from django.test import Client

from api.bodies import body_for
from api.surface import METHODS, PROJECT_ROUTES, WIDGETS, WRITES, Operation, filled, ids_in
from api.undoing import undone
from fixtures.api_client import Answer
from fixtures.cast import Belongings, Member
from pingpong.api.routes import Route

PROMISED = {
    "component-groups": {"component_groups", "groups"},
    "component-groups/<str:id>": {"component_groups/<str:id>", "groups/<str:id>"},
    "incidents/ongoing": {f"incidents/{word}" for word in ("unresolved", "live", "active", "open")},
    "maintenance": {"maintenances"},
    "maintenance/<str:id>": {"maintenances/<str:id>"},
    "custom-metrics": {"custom_metrics"},
    "custom-metrics/<str:id>": {"custom_metrics/<str:id>"},
    "custom-metrics/<str:id>/data": {"custom_metrics/<str:id>/data"},
    "custom-metrics/data": {"custom_metrics/data", "metrics/data", "data-points"},
}


def told(answer: Answer) -> tuple[int, str]:
    """Return status and body with what is made up or the time's left out."""
    text = re.sub(r'"id": "\w+"', "", json.dumps(answer.body or None))
    return answer.status, re.sub(r"T[\d:]{8}Z", "", text)


@pytest.mark.parametrize("route", PROJECT_ROUTES, ids=lambda route: route.path)
def test_every_promised_alias_is_there(route: Route) -> None:
    aliases = {alias.removeprefix("rest/v1/") for alias in route.aliases}
    assert aliases == PROMISED.get(route.path.removeprefix("rest/v1/"), set())


@pytest.mark.parametrize("route", PROJECT_ROUTES, ids=lambda route: route.path)
def test_every_spelling_answers_alike(route: Route, owner: Member, ours: Belongings) -> None:
    for method in METHODS:
        if not hasattr(route.view, method.lower()):
            continue
        operation = Operation(route, method)
        body = [body_for(operation, ours)] if method in WRITES else []
        answers = {}
        for spelling in (route.path, *route.aliases):
            for slash in ("", "/"):
                path = filled(spelling.removeprefix("rest/v1"), ids_in(operation, ours)) + slash
                with undone():
                    answers[path] = told(owner.ask(method, path, *body))
        assert len(set(answers.values())) == 1, answers
        assert next(iter(answers.values()))[0] in (200, 201, 204)


@pytest.mark.parametrize("route", PROJECT_ROUTES, ids=lambda route: route.path)
def test_put_and_patch_are_the_same(route: Route) -> None:
    if route.path.endswith(("custom-metrics/data", "/status")):
        return  # one knows no PATCH, the other is asked by all spellings above
    assert getattr(route.view, "put", None) is getattr(route.view, "patch", None)


@pytest.mark.parametrize("route", WIDGETS, ids=lambda route: route.path)
def test_widgets_answer_with_a_slash_too(route: Route, client: Client, owner: Member) -> None:
    path = "/" + filled(route.path, {"key": owner.page.shields_key})
    answers = [client.get(path), client.get(path + "/")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
