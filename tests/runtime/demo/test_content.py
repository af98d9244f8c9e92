"""What a visitor of the demo finds."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, F

from pingpong.components.models import Component, ComponentGroup
from pingpong.custom_metrics.models import CustomMetric
from pingpong.events.models import Event
from pingpong.incidents import queries as incidents
from pingpong.incidents.models import Incident, IncidentUpdate
from pingpong.kit.html import as_message
from pingpong.maintenance.models import Maintenance
from pingpong.monitors.models import Frequency, Monitor, Showcase, Watch
from pingpong.monitors.watches import is_idle
from pingpong.overview.live import status_of_page
from pingpong.overview.uptime import uptime_of_page
from pingpong.pages.models import Page
from pingpong.teams.models import Membership


def test_the_team(demo: Page) -> None:
    team = Membership.objects.filter(page=demo).order_by("pk")
    assert set(team.values_list("person__name", "role")) == {
        ("Donald Duck", "owner"),
        ("Daisy", "admin"),
        ("Huey", "responder"),
        ("Dewey", "responder"),
        ("Louie", "responder"),
    }


def test_groups_and_components(demo: Page, now: datetime) -> None:
    groups = ComponentGroup.objects.filter(page=demo)
    assert list(groups.values_list("name", "description"))[:2] == [
        ("System", None),
        ("Databases", "Including read-replicas"),
    ]
    assert groups.count() == 3
    components = {one.name: one for one in Component.objects.filter(page=demo)}
    assert len(components) == 13
    assert [one.name for one in components.values() if not one.showcased] == ["Build pipeline"]
    assert components["DB"].description == "All databases, including read-only replicas"
    young = [one.name for one in components.values() if one.created_at > now - timedelta(days=90)]
    assert young == ["Search"]


def test_it_has_some_issues_now(demo: Page, now: datetime) -> None:
    assert status_of_page(demo.pk, now=now).status == "Some systems have issues"
    (ongoing,) = incidents.ongoing(demo.pk)
    assert ongoing.title == "Search results are out of date"
    assert ongoing.status == "Identified"
    assert ongoing.updates.count() == 2
    assert timedelta(minutes=35) < now - ongoing.occurred_at < timedelta(minutes=45)
    assert 99 < uptime_of_page(demo.pk, now=now) < 100


def test_incidents(demo: Page, now: datetime) -> None:
    rows = Incident.objects.filter(page=demo)
    assert rows.count() == 15
    assert rows.filter(resolved_at__isnull=False).count() == 14
    assert not rows.filter(occurred_at__lt=now - timedelta(days=90)).exists()
    assert not rows.filter(created_at__lte=F("occurred_at")).exists()
    affecting = rows.annotate(parts=Count("affected")).order_by("-parts")
    assert [one.parts for one in affecting[:2]] == [7, 2]
    assert set(rows.values_list("affected__status", flat=True)) == {
        "Minor issues",
        "Major issues",
        "Critical state",
        "Unavailable",
    }


def test_the_story_of_the_contract_is_told(demo: Page) -> None:
    incident = incidents.full(demo.pk).get(title="Database replica connection failure")
    assert incident.reported_by == "Donald Duck"
    assert incident.message == (
        "<div><b>Summary</b><br>API can not connect to the database replica.</div>"
    )
    assert [(told.reported_by, told.status) for told in incident.updates.all()] == [
        ("Huey", "Investigating"),
        ("Dewey", "Identified"),
        ("Louie", "Verifying"),
        ("Louie", "Resolved"),
    ]


def test_updates_follow_their_incident(demo: Page, now: datetime) -> None:
    updates = IncidentUpdate.objects.filter(incident__page=demo)
    assert not updates.filter(created_at__lte=F("incident__created_at")).exists()
    assert not updates.filter(created_at__gt=now).exists()
    for incident in incidents.full(demo.pk):
        told = list(incident.updates.all())
        assert sorted({one.created_at for one in told}) == [one.created_at for one in told]


def test_maintenance(demo: Page, now: datetime) -> None:
    windows = Maintenance.objects.filter(page=demo)
    assert [one.status_at(now) for one in windows.order_by("scheduled_for")] == [
        *["Complete"] * 4,
        "Upcoming",
    ]
    upcoming = windows.get(scheduled_for__gt=now)
    assert upcoming.title == "Database migration"
    assert upcoming.message == (
        "<div>Upgrading version of <b>main database</b> from version 9.0 to "
        "<strikethrough>10.0</strikethrough> 10.2.</div>"
    )
    assert timedelta(days=1) < upcoming.scheduled_for - now < timedelta(days=3)
    assert not windows.filter(created_at__gt=F("scheduled_for") - timedelta(days=2)).exists()


def test_messages_are_stored_as_the_api_stores_them(demo: Page) -> None:
    messages = [
        *Incident.objects.filter(page=demo).values_list("message", flat=True),
        *IncidentUpdate.objects.filter(incident__page=demo).values_list("message", flat=True),
        *Maintenance.objects.filter(page=demo).values_list("message", flat=True),
    ]
    assert [as_message(message) for message in messages] == messages
    assert all(message.startswith("<div>") for message in messages)


def test_monitors_show_what_monitors_can_do(demo: Page) -> None:
    monitors = list(Monitor.objects.filter(page=demo))
    assert len(monitors) == 8
    assert {one.frequency for one in monitors} == set(Frequency.values)
    assert len({one.location for one in monitors}) == 8
    assert {one.showcased for one in monitors} == set(Showcase.values)
    assert [one.name for one in monitors if len(one.locations) == 3] == ["API"]
    assert [one.name for one in monitors if one.kind == "heartbeat"] == ["Hourly backup"]
    assert [one.name for one in monitors if one.paused_at] == ["Images", "Build server"]
    assert [one.name for one in monitors if is_idle(one) and not one.paused_at] == ["Guides"]


def test_live_monitors_ask_this_server_and_nobody_else(demo: Page, now: datetime) -> None:
    due = Watch.objects.filter(monitor__page=demo, next_slot__isnull=False)
    asked = {one.monitor.url for one in due.exclude(monitor__kind="heartbeat")}
    paths = {"/healthz", "/s/acme/", "/rest/v1/docs/"}
    assert asked == {f"{settings.BASE_URL}{path}" for path in paths}
    others = Monitor.objects.filter(page=demo, watches__next_slot__isnull=True).exclude(url="")
    assert {one.url.split("/")[2].partition(".")[2] for one in others} == {"acme.example"}
    assert min(due.values_list("next_slot", flat=True)) >= int(now.timestamp())


def test_custom_metrics_have_a_month_of_points(demo: Page, now: datetime) -> None:
    rows = CustomMetric.objects.annotate(count=Count("points")).order_by("position")
    assert [(one.name, one.suffix, one.rollup) for one in rows] == [
        ("Requests", "per minute", "Mean value"),
        ("Success rate", "%", "Mean value"),
        ("E-mails sent", "", "Sum of all values"),
        ("Errors", "per minute", "Maximum value"),
        ("Response time", "ms", "Mean value"),
        ("Queue length", "", "Mean value (rounded)"),
    ]
    # One every ten minutes; one of them was not fed for a while.
    assert [round(one.count, -1) for one in rows] == [4320, 4320, 4310, 4320, 4320, 4320]
    for metric in rows:
        minutes = list(metric.points.order_by("minute").values_list("minute", flat=True))
        assert minutes[0] >= (now - timedelta(days=30)).timestamp()
        assert 0 <= now.timestamp() - minutes[-1] < 600
        assert all(minute % 60 == 0 for minute in minutes)


def test_days_are_busier_than_nights_and_trouble_shows(demo: Page) -> None:
    metric = CustomMetric.objects.get(page=demo, name="Queue length")
    points = dict(metric.points.values_list("minute", "value"))
    by_day = [value for minute, value in points.items() if 12 <= minute // 3600 % 24 < 16]
    by_night = [value for minute, value in points.items() if 0 <= minute // 3600 % 24 < 4]
    assert min(points.values()) >= 0
    assert sum(by_day) / len(by_day) > 3 * sum(by_night) / len(by_night)
    incident = Incident.objects.get(page=demo, title="Webhooks are delayed")
    peak = max(points, key=lambda minute: points[minute])
    assert incident.resolved_at is not None
    assert incident.occurred_at.timestamp() <= peak < incident.resolved_at.timestamp()


def test_the_journal_is_in_order_of_time(demo: Page) -> None:
    at = list(Event.objects.filter(page_id=demo.pk).order_by("pk").values_list("at", flat=True))
    assert at == sorted(at)
    assert not Event.objects.filter(page_id=demo.pk, data__notify_subscribers=True).exists()
