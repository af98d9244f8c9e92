import pytest

from factories.components import make_component
from factories.moments import at
from factories.pages import make_page
from pingpong.components.models import Component
from pingpong.pages.models import Page


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=at(0))


@pytest.fixture
def website(page: Page) -> Component:
    return make_component(page, "Website", now=at(0))


@pytest.fixture
def database(page: Page) -> Component:
    return make_component(page, "Database", now=at(0))
