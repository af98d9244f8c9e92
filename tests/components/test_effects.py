from factories.actors import DONALD
from factories.components import make_component
from factories.incidents import make_incident, resolve
from factories.maintenance import make_maintenance
from factories.moments import at
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.components.effects import (
    EffectSpan,
    active_by_component,
    effective,
    replace_effects,
)
from pingpong.components.models import Component, Effect
from pingpong.kit.ids import new_id
from pingpong.pages.models import Page


def status_at(minute: float, component: Component) -> str:
    return effective(component, active_by_component(component.page_id, at(minute)))


def test_effective_without_events_is_the_own_status(website: Component) -> None:
    assert status_at(10, website) == "Operational"


def test_effective_follows_an_incident_until_it_is_resolved(page: Page, website: Component) -> None:
    incident = make_incident(page, affected=[(website, "Major issues")], now=at(10))
    resolve(incident, now=at(30))
    seen = [status_at(minute, website) for minute in (9, 10, 29, 30)]
    assert seen == ["Operational", "Major issues", "Major issues", "Operational"]


def test_effective_follows_maintenance_by_the_clock_alone(page: Page, website: Component) -> None:
    make_maintenance(page, affected=[website], scheduled_for=at(10), ends_at=at(20), now=at(0))
    seen = [status_at(minute, website) for minute in (9, 10, 19, 20)]
    assert seen == ["Operational", "Maintenance mode", "Maintenance mode", "Operational"]


def test_effective_during_maintenance_is_the_incidents_when_it_is_worse(
    page: Page, website: Component
) -> None:
    make_maintenance(page, affected=[website], scheduled_for=at(0), ends_at=at(60), now=at(0))
    make_incident(page, affected=[(website, "Minor issues")], now=at(10))
    assert status_at(10, website) == "Minor issues"


def test_effective_during_maintenance_stays_when_an_incident_says_operational(
    page: Page, website: Component
) -> None:
    make_maintenance(page, affected=[website], scheduled_for=at(0), ends_at=at(60), now=at(0))
    make_incident(page, affected=[(website, "Operational")], now=at(10))
    assert status_at(10, website) == "Maintenance mode"


def test_effective_of_a_broken_component_is_what_an_incident_says_even_if_better(
    page: Page,
) -> None:
    component = make_component(page, status="Critical state", now=at(0))
    make_incident(page, affected=[(component, "Operational")], now=at(10))
    assert status_at(10, component) == "Operational"


def test_active_events_of_another_page_are_not_seen(page: Page, website: Component) -> None:
    make_incident(page, affected=[(website, "Major issues")], now=at(0))
    other = make_page(name="Other", slug="other", now=at(0))
    assert active_by_component(other.pk, at(10)) == {}


def test_active_events_of_many_components_cost_one_query(
    page: Page, query_count: QueryCount
) -> None:
    components = [make_component(page, f"Node {number}", now=at(0)) for number in range(3)]
    for _ in range(3):
        make_incident(page, affected=[(one, "Minor issues") for one in components], now=at(5))
    with query_count() as counted:
        active = active_by_component(page.pk, at(10))
    assert (len(counted), len(active)) == (1, 3)


def test_replacing_effects_with_the_same_ones_writes_nothing(
    page: Page, website: Component, query_count: QueryCount
) -> None:
    event_id = new_id()
    spans = [EffectSpan(website.pk, "Minor issues", at(10), None)]
    for expected in (None, 1):
        with query_count() as counted:
            replace_effects(
                page.pk,
                source="incident",
                event_id=event_id,
                spans=spans,
                cause="incident.opened",
                by=DONALD,
                now=at(10),
            )
        assert expected is None or len(counted) == expected
    assert Effect.objects.count() == 1
