import pytest
from pytest_django import Settings

from factories.actors import DONALD
from factories.metrics import make_monitor
from factories.moments import at
from factories.outcomes import seen, ups
from factories.pages import make_page
from pingpong.monitors.lifecycle import change_monitor
from pingpong.monitors.models import Frequency, Location, Monitor, Watch
from pingpong.monitors.watches import phase_of, sync_all
from pingpong.pages.models import Page

pytestmark = pytest.mark.django_db

URL = "https://acme.example/"
THREE = [Location.US_WEST, Location.JAPAN, Location.BRAZIL]


@pytest.fixture
def page() -> Page:
    return make_page()


def places(monitor: Monitor) -> dict[str, bool]:
    return dict(monitor.watches.order_by("pk").values_list("location", "is_active"))


def test_each_location_with_an_agent_of_its_own_looks(page: Page) -> None:
    monitor = make_monitor(page, url=URL, locations=THREE)
    assert places(monitor) == dict.fromkeys(THREE, True)


def test_locations_of_one_machine_are_one_look(page: Page, settings: Settings) -> None:
    settings.LOCAL_LOCATIONS = frozenset(Location.values)
    monitor = make_monitor(page, url=URL, locations=THREE)
    assert places(monitor) == {Location.US_WEST: True}


def test_machine_beside_agents_looks_once(page: Page, settings: Settings) -> None:
    settings.LOCAL_LOCATIONS = frozenset({Location.JAPAN, Location.BRAZIL})
    monitor = make_monitor(page, url=URL, locations=THREE)
    assert places(monitor) == {Location.US_WEST: True, Location.JAPAN: True}


def test_location_that_is_taken_away_keeps_its_history(page: Page) -> None:
    monitor = make_monitor(page, now=at(0), url=URL, locations=THREE[:2])
    seen(monitor, ups(2), since=at(0), location=Location.JAPAN)
    change_monitor(monitor, {"locations": THREE[:1]}, by=DONALD, now=at(20))
    assert places(monitor) == {Location.US_WEST: True, Location.JAPAN: False}
    gone = monitor.watches.get(location=Location.JAPAN)
    assert (gone.next_slot, gone.last_slot) == (None, int(at(5).timestamp()))


def test_locations_that_have_moved_are_brought_in_step(page: Page, settings: Settings) -> None:
    monitor = make_monitor(page, now=at(0), url=URL, locations=THREE)
    settings.LOCAL_LOCATIONS = frozenset(Location.values)
    assert sync_all(now=at(1)) == 1
    assert places(monitor) == {
        Location.US_WEST: True,
        Location.JAPAN: False,
        Location.BRAZIL: False,
    }
    assert sync_all(now=at(2)) == 0


def test_new_interval_counts_at_once_and_other_changes_move_nothing(page: Page) -> None:
    monitor = make_monitor(page, now=at(0), url=URL, frequency=Frequency.EVERY_60_MINUTES)
    before = monitor.watches.get().next_slot
    change_monitor(monitor, {"name": "Site"}, by=DONALD, now=at(5))
    assert monitor.watches.get().next_slot == before
    change_monitor(monitor, {"frequency": Frequency.EVERY_MINUTE}, by=DONALD, now=at(5))
    watch = monitor.watches.get()
    assert watch.interval_s == 60
    assert watch.next_slot is not None
    assert 0 < watch.next_slot - at(5).timestamp() < 60


def test_url_that_is_taken_away_idles_it(page: Page) -> None:
    monitor = make_monitor(page, now=at(0), url=URL)
    change_monitor(monitor, {"url": ""}, by=DONALD, now=at(5))
    assert list(Watch.objects.values_list("next_slot", flat=True)) == [None]


def test_phases_are_spread_over_the_interval() -> None:
    phases = [phase_of(f"monitor {number}", "US West", 60) for number in range(6000)]
    busiest = max(phases.count(second) for second in range(60))
    assert busiest < 160
