"""Thousands of requests made of the OpenAPI document: no fault, and no answer it does not name."""

from collections.abc import Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import positive_data_acceptance

import schemathesis
from api.undoing import undone
from fixtures.cast import Belongings, Member
from schemathesis import Case

EXAMPLES = 40
EXISTING = {
    "components": "component",
    "component-groups": "group",
    "incidents": "incident",
    "maintenance": "maintenance",
    "metrics": "monitor",
    "custom-metrics": "custom_metric",
}

# A body can be well formed and name what does not exist, or a window that ends before it begins.
NOT_PROMISED = [positive_data_acceptance]

schema = schemathesis.openapi.from_wsgi("/rest/v1/openapi.json", WSGIHandler())
# As Django REST Framework does, the API overlooks parameters that it does not know.
schema.config.generation.allow_extra_parameters = False


def lead_to_what_exists(case: Case, ours: Belongings) -> None:
    """Name existing objects in the path, so that the request gets past the 404."""
    for name in case.path_parameters or {}:
        if name == "update_id":
            case.path_parameters[name] = ours.update.pk
        elif name == "key":
            case.path_parameters[name] = ours.component.page.shields_key
        else:
            kind = EXISTING[case.path.split("/")[3]]
            case.path_parameters[name] = getattr(ours, kind).pk


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the test's transaction open between requests, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_it_answers_as_the_document_says(case: Case, owner: Member, ours: Belongings) -> None:
    lead_to_what_exists(case, ours)
    with undone():
        case.call_and_validate(
            headers={"Authorization": f"Token {owner.token}"}, excluded_checks=NOT_PROMISED
        )
