from datetime import datetime, timedelta

import pytest

from factories.components import make_component
from factories.incidents import resolve
from factories.maintenance import make_maintenance
from factories.metrics import make_monitor
from factories.moments import at
from factories.outcomes import seen, ups
from factories.pages import make_page
from pingpong.components.effects import active_by_component, effective
from pingpong.components.history import intervals_since
from pingpong.components.models import Component
from pingpong.components.status import Status
from pingpong.incidents.models import Incident, IncidentStatus
from pingpong.maintenance.clock import turn_clock
from pingpong.monitors.models import Monitor, Verdict
from pingpong.pages.models import Page
from pingpong.runtime.consumers import consume_events

pytestmark = pytest.mark.django_db

URL = "https://acme.example/"
FAILING = ["status_unexpected"] * 3


@pytest.fixture
def page() -> Page:
    return make_page(now=at(-60))


@pytest.fixture
def component(page: Page) -> Component:
    return make_component(page, now=at(-60))


def status_of(component: Component, now: datetime) -> str:
    return effective(component, active_by_component(component.page_id, now))


def watched(page: Page, component: Component | None, **others: object) -> Monitor:
    return make_monitor(page, "Website", now=at(0), url=URL, component=component, **others)


def go_down(monitor: Monitor, minutes: float = 0) -> datetime:
    """Let it be up for three checks, then down for three; return when that was noted."""
    last = seen(monitor, [*ups(3), *FAILING], since=at(minutes))
    consume_events(last + timedelta(seconds=1))
    return last + timedelta(seconds=2)


def come_up(monitor: Monitor, since: datetime) -> datetime:
    last = seen(monitor, ups(3), since=since)
    consume_events(last + timedelta(seconds=1))
    return last + timedelta(seconds=2)


def test_monitor_that_is_down_does_nothing_unless_it_is_told_to(
    page: Page, component: Component
) -> None:
    now = go_down(watched(page, component))
    assert status_of(component, now) == Status.OPERATIONAL
    assert Incident.objects.count() == 0


def test_status_counts_from_the_first_failing_check(page: Page, component: Component) -> None:
    now = go_down(watched(page, component, status_when_down=Status.MAJOR))
    assert status_of(component, now) == Status.MAJOR
    spans = intervals_since([component.pk], at(0), now=now)[component.pk]
    assert [(span.status, span.start) for span in spans] == [
        (Status.OPERATIONAL, at(-60)),
        (Status.MAJOR, at(15)),
    ]


def test_recovery_ends_the_status_at_the_check_that_found_it(
    page: Page, component: Component
) -> None:
    monitor = watched(page, component, status_when_down=Status.CRITICAL)
    go_down(monitor)
    now = come_up(monitor, at(30))
    assert status_of(component, now) == Status.OPERATIONAL
    spans = intervals_since([component.pk], at(0), now=now)[component.pk]
    assert [(span.status, span.start) for span in spans][1:] == [
        (Status.CRITICAL, at(15)),
        (Status.OPERATIONAL, at(30)),
    ]


def test_incident_is_published_and_resolved_with_how_long_it_lasted(
    page: Page, component: Component
) -> None:
    monitor = watched(
        page, component, status_when_down=Status.CRITICAL, incident_when_down="published"
    )
    go_down(monitor)
    incident = Incident.objects.get()
    assert (incident.title, incident.occurred_at) == ("Website is down", at(15))
    assert incident.published_at is not None
    assert incident.reported_by == "ACME"
    assert incident.message == "<div>It answers with an error.</div>"
    come_up(monitor, at(30))
    incident.refresh_from_db()
    assert incident.status == IncidentStatus.RESOLVED
    assert incident.updates.get().message == "<div>It works again. It was down for 15 min.</div>"


def test_draft_stays_with_the_team(page: Page, component: Component) -> None:
    now = go_down(watched(page, component, incident_when_down="draft"))
    assert Incident.objects.get().published_at is None
    assert status_of(component, now) == Status.OPERATIONAL


def test_going_down_twice_opens_two_incidents(page: Page) -> None:
    monitor = watched(page, None, incident_when_down="published")
    go_down(monitor)
    come_up(monitor, at(30))
    go_down(monitor, 45)
    assert Incident.objects.count() == 2
    assert (
        Verdict.objects.get().incident_id
        == Incident.objects.order_by("pk").get(resolved_at=None).pk
    )


def test_incident_that_people_have_resolved_is_left_alone(page: Page) -> None:
    monitor = watched(page, None, incident_when_down="published")
    go_down(monitor)
    resolve(Incident.objects.get(), now=at(26))
    come_up(monitor, at(30))
    assert Incident.objects.get().updates.count() == 1


def test_monitor_in_maintenance_opens_no_incident_until_it_is_over(
    page: Page, component: Component
) -> None:
    make_maintenance(
        page,
        now=at(-30),
        scheduled_for=at(10),
        ends_at=at(60),
        affected=[component],
    )
    monitor = watched(
        page, component, status_when_down=Status.CRITICAL, incident_when_down="published"
    )
    turn_clock(at(11))
    now = go_down(monitor)
    assert status_of(component, now) == Status.MAINTENANCE
    assert Incident.objects.count() == 0
    seen(monitor, ["status_unexpected"] * 7, since=at(30))
    turn_clock(at(60))
    consume_events(at(61))
    assert Incident.objects.get().title == "Website is down"
    assert status_of(component, at(61)) == Status.CRITICAL


def test_monitor_that_recovered_before_it_was_acted_on_leaves_nothing(
    page: Page, component: Component
) -> None:
    monitor = watched(
        page, component, status_when_down=Status.CRITICAL, incident_when_down="published"
    )
    last = seen(monitor, [*ups(3), *FAILING, *ups(3)], since=at(0))
    consume_events(last)
    assert Incident.objects.count() == 0
    assert status_of(component, last) == Status.OPERATIONAL


def test_events_of_a_deleted_monitor_hurt_nobody(page: Page) -> None:
    monitor = watched(page, None, incident_when_down="published")
    last = seen(monitor, [*ups(3), *FAILING], since=at(0))
    monitor.delete()
    assert consume_events(last) > 0
