from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from factories.components import make_component
from factories.incidents import make_incident, resolve
from factories.maintenance import make_maintenance
from factories.moments import BEGINNING, at
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.components.day_bars import DayState, worst_of
from pingpong.components.days import Days
from pingpong.components.models import Component
from pingpong.components.uptime import Tally
from pingpong.maintenance.clock import turn_clock
from pingpong.overview.history import histories
from pingpong.pages.models import Page

pytestmark = pytest.mark.django_db

DAY = 24 * 60


@pytest.fixture
def page() -> Page:
    return make_page(now=BEGINNING)


def _days(until: float, count: int = 3, zone: str = "UTC") -> Days:
    return Days.until(at(until), zone=ZoneInfo(zone), count=count)


def test_days_before_the_component_have_no_data(page: Page) -> None:
    component = make_component(page, now=BEGINNING)
    history = histories([component.pk], _days(60))[component.pk]
    assert [day.worst for day in history.days] == [DayState.NO_DATA, DayState.NO_DATA, DayState.UP]
    assert [day.percentage for day in history.days] == [None, None, Decimal("100.00")]
    assert history.days[0].tally == Tally()
    assert history.days[2].tally == Tally(up_s=3600)
    assert history.uptime == Decimal("100.00")


def test_outage_over_midnight_is_shared_by_both_days(page: Page) -> None:
    component = make_component(page, now=BEGINNING)
    incident = make_incident(page, affected=[(component, "Critical state")], now=at(14 * 60))
    resolve(incident, now=at(17 * 60))
    history = histories([component.pk], _days(DAY))[component.pk]
    assert [day.tally.down_s for day in history.days] == [0, 3600, 7200]
    assert [day.worst for day in history.days] == [DayState.NO_DATA, DayState.DOWN, DayState.DOWN]
    assert history.days[1].percentage == Decimal("93.33")
    assert history.uptime == Decimal("87.50")


def test_percentage_is_floored(page: Page) -> None:
    component = make_component(page, now=BEGINNING)
    incident = make_incident(page, affected=[(component, "Unavailable")], now=at(60))
    resolve(incident, now=at(60) + timedelta(milliseconds=1))
    assert histories([component.pk], _days(120))[component.pk].uptime == Decimal("99.99")


def test_maintenance_colours_a_day_and_counts_nowhere(page: Page) -> None:
    component = make_component(page, now=BEGINNING)
    make_maintenance(page, affected=[component], scheduled_for=at(10), ends_at=at(40), now=at(1))
    turn_clock(at(10))
    turn_clock(at(40))
    day = histories([component.pk], _days(60))[component.pk].days[-1]
    assert (day.worst, day.tally) == (
        DayState.MAINTENANCE,
        Tally(up_s=1800, maintenance_s=1800),
    )
    assert day.percentage == Decimal("100.00")


def test_unknown_is_no_data(page: Page) -> None:
    component = make_component(page, now=BEGINNING, status="Unknown")
    history = histories([component.pk], _days(60))[component.pk]
    assert (history.days[-1].worst, history.uptime) == (DayState.NO_DATA, None)
    assert history.days[-1].tally == Tally(unknown_s=3600)


@pytest.mark.parametrize(
    ("sums", "worst"),
    [
        (Tally(), DayState.NO_DATA),
        (Tally(unknown_s=9), DayState.NO_DATA),
        (Tally(up_s=1, unknown_s=9), DayState.UP),
        (Tally(up_s=9, maintenance_s=1), DayState.MAINTENANCE),
        (Tally(up_s=9, maintenance_s=5, degraded_s=1), DayState.DEGRADED),
        (Tally(up_s=9, degraded_s=5, down_s=1), DayState.DOWN),
    ],
)
def test_day_is_remembered_by_its_worst(sums: Tally, worst: DayState) -> None:
    assert worst_of(sums) == worst


def test_days_of_a_zone_have_23_and_25_hours(page: Page) -> None:
    component = make_component(page, now=BEGINNING)
    days = Days.until(at(30 * DAY), zone=ZoneInfo("Europe/Berlin"), count=30)
    spring = histories([component.pk], days)[component.pk].days
    lengths = {day.date.isoformat(): day.tally.up_s / 3600 for day in spring}
    assert lengths["2026-03-28"] == 24
    assert lengths["2026-03-29"] == 23


def test_seconds_of_all_days_make_up_the_whole_life(page: Page) -> None:
    component = make_component(page, now=BEGINNING)
    for start in range(0, 40 * DAY, 9 * 137):
        incident = make_incident(page, affected=[(component, "Minor issues")], now=at(start))
        resolve(incident, now=at(start + 55))
    days = _days(41 * DAY, count=90, zone="America/New_York")
    history = histories([component.pk], days)[component.pk]
    total = sum(day.tally.up_s + day.tally.degraded_s for day in history.days)
    assert total == 41 * DAY * 60


def test_one_query_for_three_or_three_hundred(page: Page, query_count: QueryCount) -> None:
    few = [make_component(page, f"Part {n}", now=BEGINNING) for n in range(3)]
    many = [*few, *_unborn(page, 297)]
    with query_count() as for_few:
        histories([one.pk for one in few], _days(60, count=90))
    with query_count() as for_many:
        histories([one.pk for one in many], _days(60, count=90))
    assert (len(for_few), len(for_many)) == (1, 1)


def _unborn(page: Page, count: int) -> list[Component]:
    rows = [
        Component(
            page=page, name=f"Part {n}", own_status="Operational", position=n, created_at=at(0)
        )
        for n in range(count)
    ]
    return Component.objects.bulk_create(rows)


def test_the_ledger_is_read_not_written(page: Page) -> None:
    component = make_component(page, now=BEGINNING)
    before = list(component.intervals.values())
    histories([component.pk], _days(60))
    assert list(component.intervals.values()) == before
