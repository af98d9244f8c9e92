import pytest

from factories.actors import DONALD
from factories.components import make_component
from factories.metrics import make_monitor
from factories.moments import at
from factories.pages import make_page
from pingpong.components.lifecycle import delete_component
from pingpong.events.models import Event
from pingpong.monitors.lifecycle import change_monitor, delete_monitor
from pingpong.monitors.models import Monitor
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
        ("monitor.created", {}),
        ("monitor.changed", {"changed": ["name"]}),
        ("monitor.deleted", {"name": "Other"}),
    ]
    assert Page.objects.get(pk=page.pk).version == version + 3
    assert Monitor.objects.count() == 0
