from datetime import date, timedelta
from decimal import Decimal

import pytest

from factories.components import make_component, make_group
from factories.incidents import make_incident, make_update, resolve
from factories.maintenance import make_maintenance
from factories.moments import BEGINNING, at
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.components.models import Effect
from pingpong.overview import chronicle
from pingpong.overview.summary import TROUBLE_REFRESH, Summary, summarise
from pingpong.pages.models import Page

pytestmark = pytest.mark.django_db

DAY = 24 * 60


@pytest.fixture
def page() -> Page:
    return make_page(now=BEGINNING)


def _names(summary: Summary) -> list[str]:
    return [component.name for component in summary.components]


def test_empty_page_is_operational(page: Page) -> None:
    summary = summarise(page, now=at(1))
    assert (summary.status, summary.color) == ("All systems operational", "green")
    assert summary.components == []
    assert [day.ongoing for day in summary.past_days] == [[]] * 15


def test_components_stand_in_the_order_of_the_page(page: Page) -> None:
    later = make_group(page, "Regions", now=at(0))
    earlier = make_group(page, "Core", now=at(0))
    type(later).objects.filter(pk=later.pk).update(position=5)
    make_component(page, "Europe", group=later, now=at(0))
    make_component(page, "API", group=earlier, now=at(0))
    make_component(page, "Website", now=at(0))
    make_component(page, "Asia", group=later, now=at(0))
    summary = summarise(page, now=at(1))
    assert [group.name for group in summary.groups] == ["Core", "Regions"]
    assert _names(summary) == ["Website", "API", "Europe", "Asia"]


def test_what_is_not_showcased_is_nowhere(page: Page) -> None:
    group = make_group(page, "Secret group", now=at(0))
    secret = make_component(page, "Secret", group=group, showcased=False, now=at(0))
    shown = make_component(page, "Website", now=at(0))
    affected = [(secret, "Critical state"), (shown, "Minor issues")]
    make_incident(page, affected=affected, now=at(1))
    make_maintenance(page, affected=[secret, shown], now=at(1))
    summary = summarise(page, now=at(2))
    assert (_names(summary), summary.groups) == (["Website"], [])
    assert [one.name for one in summary.ongoing[0].affected] == ["Website"]
    assert [one.name for one in summary.upcoming[0].affected] == ["Website"]
    assert summary.status == "Some systems have issues"


def test_incident_overrides_the_own_status_until_it_is_resolved(page: Page) -> None:
    component = make_component(page, now=at(0))
    incident = make_incident(page, affected=[(component, "Major issues")], now=at(10))
    during = summarise(page, now=at(20))
    resolve(incident, now=at(30))
    after = summarise(page, now=at(40))
    assert [(one.status, one.color) for one in during.components] == [("Major issues", "orange")]
    assert [(one.status, one.color) for one in after.components] == [("Operational", "green")]
    assert (during.status, after.status) == (
        "Some systems have issues",
        "All systems operational",
    )


def test_events_that_touch_nothing_count_for_the_page(page: Page) -> None:
    make_component(page, now=at(0))
    incident = make_incident(page, now=at(1))
    assert summarise(page, now=at(2)).color == "orange"
    resolve(incident, now=at(3))
    make_maintenance(page, scheduled_for=at(10), ends_at=at(20), now=at(4))
    assert summarise(page, now=at(5)).color == "green"
    assert summarise(page, now=at(15)).status == "Under maintenance"


def test_updates_come_newest_first(page: Page) -> None:
    incident = make_incident(page, now=at(0))
    make_update(incident, "Investigating", now=at(5))
    make_update(incident, "Identified", now=at(9))
    summary = summarise(page, now=at(10))
    assert [one.status for one in summary.ongoing[0].updates] == ["Identified", "Investigating"]
    assert summary.ongoing[0].duration is None


def test_uptime_is_of_ninety_days_and_floored(page: Page) -> None:
    component = make_component(page, now=at(0))
    incident = make_incident(page, affected=[(component, "Critical state")], now=at(0))
    resolve(incident, now=at(1))
    summary = summarise(page, now=at(3))
    assert [one.uptime for one in summary.components] == [Decimal("66.66")]
    assert len(summary.components[0].days) == 90


def test_past_is_told_by_day_in_the_zone_of_the_page(page: Page) -> None:
    page.time_zone = "Asia/Tokyo"
    page.save()
    late = make_incident(page, "Late", now=at(6 * 60 + 30))  # 15:30 UTC, half past midnight there
    resolve(late, now=at(8 * 60))
    summary = summarise(page, now=at(12 * 60))
    told = {day.date: [one.title for one in day.incidents] for day in summary.past_days}
    assert told[date(2026, 3, 11)] == ["Late"]
    assert told[date(2026, 3, 10)] == []
    assert summary.past_days[0].incidents[0].duration == timedelta(minutes=90)


def test_past_reaches_back_fifteen_days(page: Page) -> None:
    old = make_incident(page, "Old", now=at(0))
    resolve(old, now=at(60))
    for days, expected in ((14, [["Old"]]), (15, [])):
        summary = summarise(page, now=at(days * DAY))
        told = [[one.title for one in day.incidents] for day in summary.past_days]
        assert len(told) == 15
        assert [titles for titles in told if titles] == expected


def test_long_incident_is_filed_under_its_end_when_it_began_before_the_first_day(
    page: Page,
) -> None:
    long = make_incident(page, "Long", now=at(0))
    resolve(long, now=at(20 * DAY))
    summary = summarise(page, now=at(21 * DAY))
    assert [day.date for day in summary.past_days if day.incidents] == [date(2026, 3, 30)]


def test_ongoing_incident_keeps_its_day_from_looking_quiet(page: Page) -> None:
    make_incident(page, "Now", now=at(0))
    today = summarise(page, now=at(5)).past_days[0]
    assert [one.title for one in today.ongoing] == ["Now"]
    assert today.incidents == []


def test_maintenance_moves_from_upcoming_over_progress_to_the_past(page: Page) -> None:
    make_maintenance(page, "Move", scheduled_for=at(10), ends_at=at(20), now=at(0))
    before, during, after = (summarise(page, now=at(minute)) for minute in (5, 10, 20))
    assert [one.title for one in before.upcoming] == ["Move"]
    assert [one.title for one in during.in_progress] == ["Move"]
    assert [one.title for one in after.past_days[0].maintenance] == ["Move"]
    assert (before.in_progress, during.upcoming, after.upcoming) == ([], [], [])


def test_next_edge_is_midnight_or_the_next_turn_of_maintenance(page: Page) -> None:
    midnight = at(15 * 60)
    assert summarise(page, now=at(1)).next_edge_at == midnight
    make_maintenance(page, scheduled_for=at(10), ends_at=at(20), now=at(1))
    edges = [summarise(page, now=at(minute)).next_edge_at for minute in (5, 10, 15, 20)]
    assert edges == [at(10), at(20), at(20), midnight]


def test_figures_of_a_broken_page_move_every_five_minutes(page: Page) -> None:
    component = make_component(page, now=at(0))
    make_incident(page, affected=[(component, "Critical state")], now=at(1))
    assert summarise(page, now=at(2)).next_edge_at == at(7)


def test_effect_of_a_clock_that_is_ahead_is_an_edge(page: Page) -> None:
    component = make_component(page, now=at(0))
    make_incident(page, affected=[(component, "Minor issues")], now=at(10))
    summary = summarise(page, now=at(9))
    assert Effect.objects.get().starts_at == at(10)
    assert (summary.components[0].status, summary.next_edge_at) == ("Operational", at(10))


def test_query_count_does_not_grow(page: Page, query_count: QueryCount) -> None:
    def grow(count: int) -> None:
        group = make_group(page, now=at(0))
        for number in range(count):
            component = make_component(page, f"Part {number}", group=group, now=at(0))
            incident = make_incident(page, affected=[(component, "Minor issues")], now=at(1))
            make_update(incident, now=at(2))
            make_maintenance(page, affected=[component], now=at(3))

    grow(3)
    with query_count() as for_few:
        summarise(page, now=at(60))
    grow(30)
    with query_count() as for_many:
        summary = summarise(page, now=at(60))
    assert len(summary.components) == 33
    assert len(for_few) == len(for_many) == 15


def test_a_flood_of_incidents_keeps_the_newest_and_tells_of_the_rest(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chronicle, "MOST_INCIDENTS", 2)
    for minute in range(4):
        incident = make_incident(page, title=f"Incident {minute}", now=at(minute))
        if minute:
            resolve(incident, now=at(minute + 1))
    summary = summarise(page, now=at(10))
    assert [one.title for one in summary.ongoing] == ["Incident 0"]
    assert [one.title for one in summary.past_days[0].incidents] == ["Incident 3"]
    assert summary.omitted_incidents == 2


def test_outage_leaves_the_last_24_hours_little_by_little(page: Page) -> None:
    component = make_component(page, now=at(0))
    incident = make_incident(page, affected=[(component, "Critical state")], now=at(10))
    resolve(incident, now=at(70))
    minutes = (80, DAY + 40, DAY + 75)
    told = [summarise(page, now=at(minute)) for minute in minutes]
    assert [one.components[0].last_day.down_s for one in told] == [3_600, 1_800, 0]
    soon = [one.next_edge_at - at(minute) for one, minute in zip(told, minutes, strict=True)]
    assert [one == TROUBLE_REFRESH for one in soon] == [True, True, False]
