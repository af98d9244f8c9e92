"""The ledger behind the demo's bars, against what the tables say by hand."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from pingpong.components.effects import active_by_component, effective
from pingpong.components.history import intervals_since
from pingpong.components.models import Component, Interval, OwnStatus, Revision
from pingpong.components.uptime import Tally, tally
from pingpong.pages.models import Page
from pingpong.runtime.demo.incidents_older import OLDER
from pingpong.runtime.demo.incidents_recent import RECENT
from pingpong.runtime.demo.windows import WINDOWS

SECOND = timedelta(seconds=1)
BADNESS = ["Maintenance mode", "Minor issues", "Major issues", "Unavailable", "Critical state"]
Claim = tuple[datetime, datetime, str]

# Minutes within 90 days, added up by hand from the tables: down, degraded, in maintenance.
BY_HAND = {
    "API": (34 + 47, 52 + 46, 42, "99.93"),
    "Website": (47, 112, 60 + 60, "99.96"),
    "Dashboard": (22 + 47, 35, 60, "99.94"),
    "Webhooks": (0, 161 + 47 + 30 + 55, 0, "100.00"),
    "DB": (0, 47, 90, "100.00"),
    "Read replicas": (34 + 47, 0, 90, "99.93"),
    "Cache": (0, 47 + 35, 0, "100.00"),
    "CDN": (0, 77, 0, "100.00"),
    "E-mail": (112, 188, 45, "99.91"),
    "Payments": (0, 94, 0, "100.00"),
    "Documentation": (18, 0, 0, "99.98"),
    "Build pipeline": (0, 0, 0, "100.00"),
    "Search": (41, 41, 0, "99.93"),
}


def claims_on(name: str, now: datetime) -> Iterator[Claim]:
    """What each event says of a component: from, until, status."""
    for window in WINDOWS:
        begins = window.begins.seen_from(now)
        if name in window.affected:
            yield begins, begins + timedelta(minutes=window.minutes), "Maintenance mode"
    for story in (*OLDER, *RECENT):
        if name not in dict(story.affected):
            continue
        began = opened = story.began.seen_from(now)
        for told in story.updates:
            at = began + timedelta(minutes=told.after)
            if told.status == "Resolved":
                yield opened, at, dict(story.affected)[name]
            elif at > opened and told is not story.updates[0]:
                previous = story.updates[story.updates.index(told) - 1]
                opened = at if previous.status == "Resolved" else opened
        if story.updates[-1].status != "Resolved":
            yield opened, now + timedelta(days=9999), dict(story.affected)[name]


def expected(claims: list[Claim], at: datetime) -> str:
    active = [status for start, end, status in claims if start <= at < end]
    return max(active, key=BADNESS.index, default="Operational")


@pytest.fixture
def components(demo: Page) -> list[Component]:
    return list(Component.objects.filter(page=demo))


def test_it_tiles_the_life_of_each_component(components: list[Component]) -> None:
    for component in components:
        rows = list(
            Interval.objects.filter(component=component, superseded_by=None).order_by("started_at")
        )
        assert rows[0].started_at == component.created_at
        assert [row.started_at for row in rows[1:]] == [row.ended_at for row in rows[:-1]]
        assert all(row.started_at < row.ended_at for row in rows[:-1] if row.ended_at)
        assert rows[-1].ended_at is None
        neighbours = pairwise(rows)
        assert all((a.status, a.cause_id) != (b.status, b.cause_id) for a, b in neighbours)


def test_it_says_at_each_edge_what_the_events_say(
    components: list[Component], now: datetime
) -> None:
    spans = intervals_since([one.pk for one in components], now - timedelta(days=100), now=now)
    for component in components:
        claims = [*claims_on(component.name, now.replace(microsecond=0))]
        edges = {edge for start, end, _ in claims for edge in (start, end) if edge <= now}
        for instant in {at for edge in edges for at in (edge - SECOND, edge, edge + SECOND)}:
            told = [span for span in spans[component.pk] if span.start <= instant < span.end]
            assert [span.status for span in told] == [expected(claims, instant)]


def test_statuses_at_any_time_agree_with_the_ledger(
    demo: Page, components: list[Component], now: datetime
) -> None:
    # Before the birth of the youngest component nothing is said of it.
    grown = [one for one in components if one.name != "Search"]
    spans = intervals_since([one.pk for one in grown], now - timedelta(days=100), now=now)
    for start in {span.start for some in spans.values() for span in some}:
        active = active_by_component(demo.pk, start)
        for component in grown:
            (told,) = [one for one in spans[component.pk] if one.start <= start < one.end]
            assert effective(component, active) == told.status


def test_uptime_is_what_a_person_adds_up(components: list[Component], now: datetime) -> None:
    window_start = now - timedelta(days=90)
    spans = intervals_since([one.pk for one in components], window_start, now=now)
    for component in components:
        down, degraded, maintenance, percentage = BY_HAND[component.name]
        sums = tally(spans[component.pk], window_start, now)
        # The incident that goes on does so for a fraction of a second beyond its minutes.
        assert sums.down_s == down * 60
        assert sums.degraded_s == pytest.approx(degraded * 60, abs=1)
        assert sums.maintenance_s == maintenance * 60
        assert sums.unknown_s == 0
        assert sums.percentage() == Decimal(percentage)


def test_a_component_has_no_data_before_its_birth(
    components: list[Component], now: datetime
) -> None:
    (search,) = [one for one in components if one.name == "Search"]
    spans = intervals_since([search.pk], now - timedelta(days=90), now=now)[search.pk]
    assert tally(spans, now - timedelta(days=90), now - timedelta(days=45, seconds=1)) == Tally()


def test_a_few_days_are_red_and_a_few_orange(components: list[Component], now: datetime) -> None:
    spans = intervals_since([one.pk for one in components], now - timedelta(days=90), now=now)
    midnight = datetime(now.year, now.month, now.day, tzinfo=UTC)
    days = [midnight - timedelta(days=number) for number in range(90)]
    red = orange = 0
    for some in spans.values():
        for day in days:
            sums = tally(some, day, day + timedelta(days=1))
            red += sums.down_s > 0
            orange += sums.down_s == 0 < sums.degraded_s
    assert (red, orange) == (10, 14)


def test_what_was_reported_late_is_told_anew(components: list[Component]) -> None:
    (revision,) = Revision.objects.filter(component__in=components)
    assert (revision.component.name, revision.actor) == ("API", "Dewey")
    replaced = revision.replaced.order_by("started_at").values_list("status", flat=True)
    assert list(replaced) == ["Maintenance mode", "Operational"]
    assert set(OwnStatus.objects.values_list("status", flat=True)) == {"Operational"}
