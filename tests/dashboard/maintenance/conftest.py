"""Somebody at the screens of ACME's incidents."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.urls import reverse

from factories.components import make_component
from fixtures.cast import Member
from fixtures.visitors import Visit, Visitor
from pingpong.components.models import Component
from pingpong.pages.models import Page

Reach = Callable[..., str]


@pytest.fixture
def website(acme: Page) -> Component:
    return make_component(acme, "Website")


@pytest.fixture
def desk(visit: Visit, responder: Member) -> Visitor:
    """Huey, a responder, signed in."""
    return visit(responder)


@pytest.fixture
def reach(acme: Page) -> Reach:
    """Return a maker of addresses: `reach("incident", incident=...)`."""
    return lambda name, **kwargs: reverse(f"dashboard:{name}", kwargs={"slug": acme.slug, **kwargs})


@pytest.fixture
def filled() -> dict[str, str]:
    """Return what somebody types into an empty form."""
    return {
        "title": "Search is down",
        "status": "Investigating",
        "message": "<div>We are looking <strong>into it</strong>.</div>",
        "notify_subscribers": "on",
        "action": "publish",
    }


def text_of(response: HttpResponse) -> str:
    return response.content.decode()
