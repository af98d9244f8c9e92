from datetime import timedelta
from decimal import Decimal

import pytest

from factories.components import make_component
from factories.incidents import make_incident
from factories.metrics import make_monitor
from factories.moments import at
from factories.pages import make_page
from pingpong.monitors.models import Monitor, MonitorState, Verdict, VerdictSpan
from pingpong.overview.uptime import WINDOW, uptime_of_page
from pingpong.pages.models import Page

BOTH = "Showcase uptime and response time"


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=at(0))


def measured(page: Page, *, down: float, up: float, showcased: str = BOTH) -> Monitor:
    """Return a monitor that was down for some minutes and is up for some since."""
    monitor = make_monitor(page, showcased=showcased, now=at(0))
    edges = [int(at(minutes).timestamp()) for minutes in (0, down, down + up)]
    state = MonitorState.DOWN
    VerdictSpan.objects.create(monitor=monitor, state=state, start=edges[0], end=edges[1])
    Verdict.objects.create(
        monitor=monitor, state=MonitorState.UP, since=edges[1], covered_until=edges[2]
    )
    return monitor


def test_uptime_of_an_empty_page_is_100(page: Page) -> None:
    assert uptime_of_page(page.pk, now=at(60)) == Decimal(100)


def test_uptime_is_the_mean_over_monitors_that_showcase_it(page: Page) -> None:
    measured(page, down=10, up=90)
    measured(page, down=30, up=70, showcased="Showcase uptime")
    measured(page, down=90, up=10, showcased="Showcase response time")
    measured(page, down=90, up=10, showcased="Don't showcase")
    make_monitor(page, "Never judged", now=at(0))
    assert uptime_of_page(page.pk, now=at(100)) == Decimal("80.00")


def test_uptime_is_floored(page: Page) -> None:
    for down in (1, 0.5, 0.25):
        measured(page, down=down, up=300 - down)
    # 99.8055... in a hundred
    assert uptime_of_page(page.pk, now=at(300)) == Decimal("99.80")


def test_uptime_of_monitors_goes_before_that_of_components(page: Page) -> None:
    website = make_component(page, now=at(0))
    make_incident(page, affected=[(website, "Critical state")], now=at(0))
    assert uptime_of_page(page.pk, now=at(60)) == Decimal(0)
    measured(page, down=30, up=30)
    assert uptime_of_page(page.pk, now=at(60)) == Decimal("50.00")


def test_uptime_without_monitors_that_have_data_is_that_of_components(page: Page) -> None:
    website = make_component(page, now=at(0))
    make_monitor(page, component=website, now=at(0))
    make_incident(page, affected=[(website, "Critical state")], now=at(30))
    assert uptime_of_page(page.pk, now=at(60)) == Decimal("50.00")


def test_uptime_counts_thirty_days(page: Page) -> None:
    measured(page, down=60, up=60 * 24 * 60)
    now = at(60) + WINDOW + timedelta(minutes=1)
    assert uptime_of_page(page.pk, now=now) == Decimal(100)


def test_uptime_of_another_page_is_its_own(page: Page) -> None:
    measured(make_page(slug="other", now=at(0)), down=60, up=60)
    assert uptime_of_page(page.pk, now=at(120)) == Decimal(100)
