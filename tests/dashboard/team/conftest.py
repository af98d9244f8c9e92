"""Addresses of the screens of ACME's team."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from pingpong.pages.models import Page

Reach = Callable[..., str]


@pytest.fixture
def reach(acme: Page) -> Reach:
    """Return a maker of addresses: `reach("change_role", member=...)`."""
    return lambda name, **kwargs: reverse(f"dashboard:{name}", kwargs={"slug": acme.slug, **kwargs})
