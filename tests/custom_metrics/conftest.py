import pytest

from factories.metrics import make_custom_metric
from factories.moments import at
from factories.pages import make_page
from pingpong.custom_metrics.models import CustomMetric
from pingpong.pages.models import Page


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=at(0))


@pytest.fixture
def errors(page: Page) -> CustomMetric:
    return make_custom_metric(page, "Errors", now=at(0))


@pytest.fixture
def signups(page: Page) -> CustomMetric:
    return make_custom_metric(page, "Signups", now=at(0))
