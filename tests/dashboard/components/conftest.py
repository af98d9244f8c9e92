"""Somebody at the screens of ACME's components."""

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
def desk(visit: Visit, admin: Member) -> Visitor:
    """Daisy, an admin, signed in."""
    return visit(admin)


@pytest.fixture
def reach(acme: Page) -> Reach:
    """Return a maker of addresses: `reach("component", component=...)`."""
    return lambda name, **kwargs: reverse(f"dashboard:{name}", kwargs={"slug": acme.slug, **kwargs})


def text_of(response: HttpResponse) -> str:
    return response.content.decode()
