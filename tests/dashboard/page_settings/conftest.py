"""Somebody at the settings of ACME's page."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from fixtures.cast import Member
from fixtures.visitors import Visit, Visitor
from pingpong.pages.models import Page

Reach = Callable[..., str]


@pytest.fixture
def desk(visit: Visit, admin: Member) -> Visitor:
    """Daisy, an administrator, signed in."""
    return visit(admin)


@pytest.fixture
def reach(acme: Page) -> Reach:
    """Return a maker of addresses: `reach("page_look")`."""
    return lambda name, **kwargs: reverse(f"dashboard:{name}", kwargs={"slug": acme.slug, **kwargs})
