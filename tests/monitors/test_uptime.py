from decimal import Decimal

import pytest

from factories.components import make_component
from factories.maintenance import make_maintenance
from factories.metrics import make_monitor
from factories.moments import BEGINNING, at
from factories.pages import make_page
from factories.verdicts import remember
from fixtures.queries import QueryCount
from pingpong.components.status import Status
from pingpong.components.uptime import Span, Tally, tally
from pingpong.monitors.models import Monitor, MonitorState
from pingpong.monitors.uptime import WINDOWS, spans_since, uptime_of, uptimes
from pingpong.pages.models import Page

UP, DOWN, WORKS = Status.OPERATIONAL, Status.CRITICAL, Status.MAINTENANCE


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=at(-100_000))


@pytest.fixture
def website(page: Page) -> Monitor:
    return make_monitor(page, now=at(-100_000))


def told(spans: list[Span]) -> list[tuple[str, float, float]]:
    return [
        (
            span.status,
            (span.start - BEGINNING).total_seconds() / 60,
            (span.end - BEGINNING).total_seconds() / 60,
        )
        for span in spans
    ]


def test_verdicts_are_told_in_the_words_of_components(website: Monitor) -> None:
    remember(website, ("up", 0, 60), ("down", 60, 70), ("up", 70, 100))
    found = spans_since([website.pk], at(0), now=at(90))
    assert told(found[website.pk]) == [(UP, 0, 60), (DOWN, 60, 70), (UP, 70, 90)]


def test_what_is_not_covered_is_a_hole(website: Monitor) -> None:
    remember(website, ("up", 0, 60), ("up", 90, 100))
    found = spans_since([website.pk], at(0), now=at(120))[website.pk]
    assert told(found) == [(UP, 0, 60), (UP, 90, 100)]
    assert tally(found, at(0), at(120)) == Tally(up_s=70 * 60)


def test_an_unknown_verdict_says_nothing_of_now(website: Monitor) -> None:
    remember(website, ("up", 0, 60), (MonitorState.UNKNOWN, 60, 60))
    assert told(spans_since([website.pk], at(0), now=at(90))[website.pk]) == [(UP, 0, 60)]


def test_what_was_over_before_the_window_is_left_out(website: Monitor) -> None:
    remember(website, ("down", 0, 60), ("up", 60, 200))
    assert told(spans_since([website.pk], at(100), now=at(150))[website.pk]) == [(UP, 60, 150)]


def test_a_monitor_that_was_never_judged_is_missing(website: Monitor) -> None:
    assert spans_since([website.pk], at(0), now=at(90)) == {}
    assert spans_since([], at(0), now=at(90)) == {}


def test_maintenance_of_the_component_is_neither_up_nor_down(page: Page) -> None:
    component = make_component(page, now=at(0))
    monitor = make_monitor(page, component=component, now=at(0))
    make_maintenance(page, affected=[component], scheduled_for=at(50), ends_at=at(70), now=at(1))
    remember(monitor, ("up", 0, 60), ("down", 60, 90), ("up", 90, 200))
    found = spans_since([monitor.pk], at(0), now=at(100))[monitor.pk]
    assert told(found) == [(UP, 0, 50), (WORKS, 50, 70), (DOWN, 70, 90), (UP, 90, 100)]
    assert tally(found, at(0), at(100)).percentage() == Decimal("75.00")


def test_maintenance_of_another_component_changes_nothing(page: Page) -> None:
    component, other = (make_component(page, name, now=at(0)) for name in ("one", "other"))
    monitor = make_monitor(page, component=component, now=at(0))
    make_maintenance(page, affected=[other], scheduled_for=at(50), ends_at=at(70), now=at(1))
    remember(monitor, ("up", 0, 200))
    assert told(spans_since([monitor.pk], at(0), now=at(100))[monitor.pk]) == [(UP, 0, 100)]


def test_uptime_of_a_window_counts_what_is_known_in_it(website: Monitor) -> None:
    day = 24 * 60
    remember(website, ("up", -30 * day, -2 * day), ("down", -2 * day, -day), ("up", -day, 60))
    found = uptimes([website.pk], WINDOWS, now=at(0))
    shares = [found[window][website.pk].percentage() for window in WINDOWS]
    assert shares == [Decimal(100), Decimal("85.71"), Decimal("96.66"), Decimal("96.66")]
    for window in WINDOWS:
        assert uptime_of([website.pk], window, now=at(0)) == found[window]


def test_reading_costs_three_queries_for_any_number(page: Page, query_count: QueryCount) -> None:
    component = make_component(page, now=at(0))
    monitors = [make_monitor(page, str(n), component=component, now=at(0)) for n in range(9)]
    for monitor in monitors:
        remember(monitor, ("up", 0, 60), ("down", 60, 90), ("up", 90, 200))
    counts = []
    for some in (monitors[:1], monitors):
        with query_count() as counted:
            spans_since([one.pk for one in some], at(0), now=at(100))
        counts.append(len(counted))
    assert counts == [3, 3]
