"""What is done by one press: look now, pause and resume, delete."""

from datetime import datetime

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse

from factories.actors import DONALD
from factories.metrics import make_monitor
from fixtures.cast import Member
from fixtures.visitors import Visit, Visitor
from pingpong.events.kinds import Kind
from pingpong.events.models import Event
from pingpong.monitors.lifecycle import pause_monitor
from pingpong.monitors.models import Monitor, Watch
from pingpong.pages.models import Page

from .conftest import URL, Reach, text_of


def told_by(response: HttpResponse) -> list[tuple[str, str]]:
    """Return the sentences of the toasts, each with where it is undone."""
    return [(str(one), one.extra_tags) for one in get_messages(response.wsgi_request)]  # type: ignore[attr-defined] # of the test client


@pytest.fixture
def site(acme: Page, now: datetime) -> Monitor:
    """A monitor that is due in five minutes."""
    monitor = make_monitor(acme, "Site", url=URL, now=now)
    Watch.objects.filter(monitor=monitor).update(next_slot=int(now.timestamp()) + 300)
    return monitor


@pytest.mark.usefixtures("probe")
def test_test_now_makes_it_due_at_once_and_shows_that_it_is_under_way(
    visit: Visit, responder: Member, reach: Reach, site: Monitor, now: datetime
) -> None:
    desk = visit(responder)
    answer = desk.post(reach("test_monitor", monitor=site.pk))
    assert answer["Location"] == reach("monitor", monitor=site.pk)
    due = Watch.objects.get(monitor=site).next_slot
    assert due is not None
    assert 0 <= due - int(now.timestamp()) < 60
    shown = text_of(desk.get(answer["Location"]))
    assert "A check is on its way." in shown
    assert "Checking now" in shown
    assert 'data-poll="2"' in shown


@pytest.mark.usefixtures("probe")
def test_test_now_is_not_repeated_at_once(desk: Visitor, reach: Reach, site: Monitor) -> None:
    first, second = (desk.post(reach("test_monitor", monitor=site.pk)) for _ in range(2))
    assert told_by(first)[0][0].startswith("A check is on its way.")
    assert told_by(second)[-1][0].startswith("It is being checked, or just was.")


def test_test_now_without_a_probe_says_so(desk: Visitor, reach: Reach, site: Monitor) -> None:
    before = Watch.objects.get(monitor=site).next_slot
    answer = desk.post(reach("test_monitor", monitor=site.pk))
    assert told_by(answer)[0][0].startswith("No probe is running")
    assert Watch.objects.get(monitor=site).next_slot == before


def test_pausing_can_be_undone(desk: Visitor, reach: Reach, site: Monitor) -> None:
    paused = desk.post(reach("pause_monitor", monitor=site.pk))
    words, undo = told_by(paused)[0]
    assert (words, undo) == ("“Site” is paused.", reach("resume_monitor", monitor=site.pk))
    assert Monitor.objects.get(pk=site.pk).paused_at is not None
    desk.post(undo)
    assert Monitor.objects.get(pk=site.pk).paused_at is None


def test_deleting_asks_first(desk: Visitor, reach: Reach, site: Monitor) -> None:
    address = reach("delete_monitor", monitor=site.pk)
    asked = desk.post(address)
    assert "Delete this monitor?" in text_of(asked)
    assert Monitor.objects.filter(pk=site.pk).exists()
    assert desk.post(address, {"confirm": "yes"})["Location"] == reach("monitors")
    assert not Monitor.objects.filter(pk=site.pk).exists()


@pytest.mark.parametrize("name", ["test", "pause", "resume", "delete"])
def test_nothing_is_done_by_get(desk: Visitor, reach: Reach, site: Monitor, name: str) -> None:
    assert desk.get(reach(f"{name}_monitor", monitor=site.pk)).status_code == 405
    assert not Event.objects.filter(
        kind__in=[Kind.MONITOR_PAUSED, Kind.MONITOR_RESUMED, Kind.MONITOR_DELETED]
    ).exists()


def test_a_paused_monitor_is_not_tested(
    desk: Visitor, reach: Reach, site: Monitor, now: datetime
) -> None:
    pause_monitor(site, by=DONALD, now=now)
    answer = desk.post(reach("test_monitor", monitor=site.pk))
    assert told_by(answer)[0][0].startswith("There is nothing to test")
