from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.metrics import make_monitor
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.components.uptime import Tally
from pingpong.monitors.calendar_months import month_of, months_between, zone_named
from pingpong.monitors.models import FrozenMonth, Monitor, Verdict, VerdictSpan
from pingpong.monitors.months import MonthOfMonitor, freeze_months, months_of
from pingpong.pages.models import Page

DAY_S = 86_400.0
JANUARY = datetime(2026, 1, 11, tzinfo=UTC)
MARCH = datetime(2026, 3, 10, tzinfo=UTC)


def second(at: datetime) -> int:
    return int(at.timestamp())


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=JANUARY)


@pytest.fixture
def website(page: Page) -> Monitor:
    """Up from the 11th of January, down on the 2nd of February, up until March."""
    return judged(page)


def judged(page: Page, name: str = "Website") -> Monitor:
    monitor = make_monitor(page, name, now=JANUARY)
    down = datetime(2026, 2, 2, tzinfo=UTC)
    edges = [second(one) for one in (JANUARY, down, down + timedelta(days=1))]
    VerdictSpan.objects.create(monitor=monitor, state="up", start=edges[0], end=edges[1])
    VerdictSpan.objects.create(monitor=monitor, state="down", start=edges[1], end=edges[2])
    Verdict.objects.create(monitor=monitor, state="up", since=edges[2], covered_until=second(MARCH))
    return monitor


def test_finished_months_are_written_once(website: Monitor) -> None:
    assert freeze_months(MARCH) == 2
    assert freeze_months(MARCH) == 0
    rows = FrozenMonth.objects.order_by("month")
    assert [(row.month, row.up_s, row.down_s, row.unknown_s) for row in rows] == [
        (date(2026, 1, 1), 21 * DAY_S, 0, 0),
        (date(2026, 2, 1), 27 * DAY_S, DAY_S, 0),
    ]


def test_a_month_is_written_three_days_after_its_end(website: Monitor) -> None:
    assert freeze_months(datetime(2026, 2, 3, 23, tzinfo=UTC)) == 0
    assert freeze_months(datetime(2026, 2, 4, 0, 1, tzinfo=UTC)) == 1


def test_a_frozen_month_stays_whatever_happens_to_what_it_was_made_of(website: Monitor) -> None:
    freeze_months(MARCH)
    before = list(FrozenMonth.objects.order_by("pk").values())
    VerdictSpan.objects.all().delete()
    assert freeze_months(MARCH + timedelta(days=1)) == 0
    assert list(FrozenMonth.objects.order_by("pk").values()) == before


def test_all_monitors_are_frozen_in_batches(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingpong.monitors.months.BATCH", 2)
    for n in range(5):
        judged(page, f"Website {n}")
    assert freeze_months(MARCH) == 10


def test_months_are_those_of_the_pages_time_zone(website: Monitor) -> None:
    Page.objects.update(time_zone="Pacific/Auckland")
    freeze_months(MARCH)
    first = FrozenMonth.objects.order_by("month")[0]
    assert first.up_s == 20 * DAY_S + 11 * 3600


def test_a_monitor_that_was_never_judged_has_no_month(page: Page) -> None:
    monitor = make_monitor(page, now=JANUARY)
    assert freeze_months(MARCH) == 0
    assert months_of([monitor.pk], now=MARCH) == {}


def test_months_are_the_frozen_ones_and_the_running_one(website: Monitor) -> None:
    freeze_months(MARCH)
    FrozenMonth.objects.filter(month=date(2026, 1, 1)).update(down_s=7)
    found = months_of([website.pk], now=MARCH)[website.pk]
    assert found == [
        MonthOfMonitor(date(2026, 1, 1), Tally(up_s=21 * DAY_S, down_s=7), is_frozen=True),
        MonthOfMonitor(date(2026, 2, 1), Tally(up_s=27 * DAY_S, down_s=DAY_S), is_frozen=True),
        MonthOfMonitor(date(2026, 3, 1), Tally(up_s=9 * DAY_S), is_frozen=False),
    ]


def test_a_finished_month_that_is_not_frozen_yet_is_told_too(website: Monitor) -> None:
    found = months_of([website.pk], now=MARCH)[website.pk]
    assert [(one.month.month, one.is_frozen) for one in found] == [
        (1, False),
        (2, False),
        (3, False),
    ]


def test_a_month_without_any_news_is_unknown(website: Monitor) -> None:
    may = datetime(2026, 5, 11, tzinfo=UTC)
    assert freeze_months(may) == 4
    found = months_of([website.pk], now=may)[website.pk]
    april = found[3]
    assert (april.month, april.tally) == (date(2026, 4, 1), Tally(unknown_s=30 * DAY_S))
    assert found[4].tally == Tally(unknown_s=10 * DAY_S)


def test_months_cost_the_same_queries_for_any_number(page: Page, query_count: QueryCount) -> None:
    monitors = [judged(page, f"Website {n}") for n in range(6)]
    freeze_months(MARCH)
    counts = []
    for some in (monitors[:1], monitors):
        with query_count() as counted:
            months_of([one.pk for one in some], now=MARCH)
        counts.append(len(counted))
    assert counts == [4, 4]


_ZONES = ["UTC", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham", "Africa/Casablanca", "?"]


@given(st.sampled_from(_ZONES), st.integers(0, 2**31), st.integers(1, 300))
def test_months_of_any_zone_follow_each_other(zone: str, start: int, days: int) -> None:
    place = zone_named(zone)
    end = start + days * 86_400
    months = list(months_between(start, end, place))
    assert months[0].start <= start < months[0].end
    assert months[-1].start < end <= months[-1].end
    assert [one.end for one in months[:-1]] == [one.start for one in months[1:]]
    for month in months:
        assert month_of(month.start, place) == month == month_of(month.end - 1, place)


def test_a_month_with_a_change_of_the_clock_has_an_hour_less() -> None:
    month = month_of(second(datetime(2026, 3, 15, tzinfo=UTC)), ZoneInfo("Europe/Berlin"))
    assert month.end - month.start == 31 * DAY_S - 3600
