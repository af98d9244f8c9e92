from typing import Any

import pytest

from factories.actors import DONALD
from factories.components import make_component
from factories.metrics import make_monitor
from factories.moments import at
from factories.pages import make_page
from pingpong.components.lifecycle import delete_component
from pingpong.events.models import Event
from pingpong.monitors.checks import Secrets
from pingpong.monitors.lifecycle import (
    change_monitor,
    delete_monitor,
    pause_monitor,
    resume_monitor,
)
from pingpong.monitors.models import Monitor, Watch
from pingpong.monitors.sealing import open_secrets
from pingpong.pages.models import Page


@pytest.fixture
def page(db: None) -> Page:
    return make_page(now=at(0))


def test_a_new_monitor_has_the_contracts_defaults(page: Page) -> None:
    made = Monitor.objects.get(pk=make_monitor(page, "Website", now=at(1)).pk)
    assert (
        made.name,
        made.description,
        made.component,
        made.url,
        made.frequency,
        made.location,
        made.showcased,
        made.created_at,
    ) == (
        "Website",
        None,
        None,
        "",
        "5 minutes",
        "US West",
        "Showcase uptime and response time",
        at(1),
    )


def test_a_monitor_may_have_been_made_before(page: Page) -> None:
    assert make_monitor(page, created_at=at(-60), now=at(1)).created_at == at(-60)


def test_monitors_stand_in_the_order_in_which_they_were_made(page: Page) -> None:
    for name in ("b", "a", "c"):
        make_monitor(page, name, now=at(0))
    assert [one.name for one in Monitor.objects.filter(page=page)] == ["b", "a", "c"]


def test_what_is_not_named_stays(page: Page) -> None:
    monitor = make_monitor(page, "Website", now=at(0))
    change_monitor(monitor, {"url": "https://example.com/"}, by=DONALD, now=at(1))
    found = Monitor.objects.get()
    assert (found.url, found.name, found.location) == ("https://example.com/", "Website", "US West")


def test_a_deleted_component_leaves_the_monitor(page: Page) -> None:
    website = make_component(page, now=at(0))
    make_monitor(page, component=website, now=at(0))
    delete_component(website, by=DONALD, now=at(1))
    assert Monitor.objects.get().component is None


def test_every_verb_leaves_one_event_and_one_new_version(page: Page) -> None:
    version = Page.objects.get(pk=page.pk).version
    monitor = make_monitor(page, now=at(0))
    change_monitor(monitor, {"name": "Other"}, by=DONALD, now=at(1))
    delete_monitor(monitor, by=DONALD, now=at(2))
    events = Event.objects.filter(kind__startswith="monitor.").order_by("id")
    assert [(event.kind, event.data) for event in events] == [
        ("monitor.created", {"name": "Website"}),
        (
            "monitor.changed",
            {
                "name": "Other",
                "changed": ["name"],
                "differences": {"name": ["Website", "Other"]},
            },
        ),
        ("monitor.deleted", {"name": "Other"}),
    ]
    assert Page.objects.get(pk=page.pk).version == version + 3
    assert Monitor.objects.count() == 0


def listen(monitor: Monitor) -> list[tuple[str, bool, bool]]:
    """Return each watch: where, whether it looks, whether it is due one day."""
    rows = Watch.objects.filter(monitor=monitor).order_by("pk")
    return [(row.location, row.is_active, row.next_slot is not None) for row in rows]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"locations": ["Japan", "Brazil", "Japan"]}, ["Japan", "Brazil"]),
        ({"location": "Italy"}, ["Italy", "Sweden", "Japan"]),
        ({"location": "Japan"}, ["Japan", "Sweden"]),
        ({"location": "Italy", "locations": ["Japan", "Italy"]}, ["Italy", "Japan"]),
        ({"name": "Other"}, ["US West", "Sweden", "Japan"]),
    ],
)
def test_the_first_of_the_locations_is_the_contracts(
    page: Page, changes: dict[str, Any], expected: list[str]
) -> None:
    monitor = make_monitor(page, locations=["US West", "Sweden", "Japan"], now=at(0))
    change_monitor(monitor, changes, by=DONALD, now=at(1))
    found = Monitor.objects.get()
    assert (found.location, found.locations) == (expected[0], expected)


def test_a_new_monitor_is_looked_at_and_a_paused_one_is_not(page: Page) -> None:
    monitor = make_monitor(page, url="https://example.com/", now=at(0))
    assert listen(monitor) == [("US West", True, True)]
    pause_monitor(monitor, by=DONALD, now=at(1))
    assert listen(monitor) == [("US West", True, False)]
    resume_monitor(monitor, by=DONALD, now=at(2))
    assert listen(monitor) == [("US West", True, True)]


def test_a_monitor_may_begin_paused(page: Page) -> None:
    monitor = make_monitor(page, url="https://example.com/", paused=True, now=at(1))
    assert Monitor.objects.get().paused_at == at(1)
    assert listen(monitor) == [("US West", True, False)]


def test_pausing_and_resuming_again_changes_nothing(page: Page) -> None:
    monitor = make_monitor(page, now=at(0))
    pause_monitor(monitor, by=DONALD, now=at(1))
    pause_monitor(monitor, by=DONALD, now=at(2))
    assert Monitor.objects.get().paused_at == at(1)
    change_monitor(monitor, {"paused": True}, by=DONALD, now=at(3))
    change_monitor(monitor, {"paused": False}, by=DONALD, now=at(4))
    resume_monitor(monitor, by=DONALD, now=at(5))
    assert Monitor.objects.get().paused_at is None
    assert [one.kind for one in Event.objects.filter(subject_id=monitor.pk).order_by("id")] == [
        "monitor.created",
        "monitor.paused",
        "monitor.resumed",
    ]


def test_options_that_are_not_named_stay(page: Page) -> None:
    monitor = make_monitor(page, options={"method": "POST", "body": "x"}, now=at(0))
    stale = Monitor.objects.get()
    change_monitor(monitor, {"options": {"timeout_ms": 2000}}, by=DONALD, now=at(1))
    change_monitor(stale, {"options": {"method": "GET"}}, by=DONALD, now=at(2))
    assert Monitor.objects.get().options == {"body": "x", "timeout_ms": 2000}


def test_secrets_that_are_not_named_stay_and_null_clears(page: Page) -> None:
    headers = (("X-Key", "one"), ("Cookie", "two"))
    monitor = make_monitor(page, secrets={"headers": headers, "password": "three"}, now=at(0))
    change_monitor(monitor, {"secrets": {"bearer": "four"}}, by=DONALD, now=at(1))
    assert open_secrets(Monitor.objects.get()) == Secrets(
        headers=headers, password="three", bearer="four"
    )
    change_monitor(
        monitor,
        {"secrets": {"headers": (("x-key", None), ("New", "5")), "password": None}},
        by=DONALD,
        now=at(2),
    )
    assert open_secrets(Monitor.objects.get()) == Secrets(
        headers=(("x-key", "one"), ("New", "5")), bearer="four"
    )


def test_no_event_tells_a_secret(page: Page) -> None:
    monitor = make_monitor(page, secrets={"password": "s3cret"}, now=at(0))
    change_monitor(monitor, {"secrets": {"bearer": "s3cret"}}, by=DONALD, now=at(1))
    assert Event.objects.get(kind="monitor.changed").data == {
        "name": monitor.name,
        "changed": ["secrets"],
        "differences": {"secrets": "hidden"},
    }
    assert "s3cret" not in str(list(Event.objects.values_list("data")))


def test_what_was_seen_stays_whatever_is_looked_at(page: Page) -> None:
    monitor = make_monitor(page, url="https://example.com/", now=at(0))
    Watch.objects.update(last_slot=5)
    for changes in ({"kind": "tcp", "url": "example.com:1"}, {"options": {"confirmations": 3}}):
        change_monitor(monitor, changes, by=DONALD, now=at(1))
    change_monitor(monitor, {"location": "Japan"}, by=DONALD, now=at(2))
    assert listen(monitor) == [("US West", False, False), ("Japan", True, True)]
    assert Watch.objects.get(location="US West").last_slot == 5


def test_a_heartbeat_has_a_key_of_its_own_as_long_as_it_is_one(page: Page) -> None:
    keys = {make_monitor(page, kind="heartbeat", now=at(0)).heartbeat_key for _ in range(3)}
    assert len(keys) == 3
    monitor = make_monitor(page, now=at(0))
    assert monitor.heartbeat_key is None
    change_monitor(monitor, {"kind": "heartbeat"}, by=DONALD, now=at(1))
    key = Monitor.objects.get(pk=monitor.pk).heartbeat_key
    change_monitor(monitor, {"kind": "heartbeat", "name": "x"}, by=DONALD, now=at(2))
    assert key is not None
    assert Monitor.objects.get(pk=monitor.pk).heartbeat_key == key
    change_monitor(monitor, {"kind": "http"}, by=DONALD, now=at(3))
    assert Monitor.objects.get(pk=monitor.pk).heartbeat_key is None
