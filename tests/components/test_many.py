"""Many components at once are changed as each would be by itself."""

from datetime import timedelta

import pytest

from factories.actors import DONALD
from factories.components import make_component
from fixtures.queries import QueryCount
from pingpong.components.many import delete_components, set_own_statuses, set_showcased
from pingpong.components.models import Component, Interval, OwnStatus
from pingpong.events.models import Event
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page

NOW = utc_now()
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def three(acme: Page) -> list[Component]:
    return [make_component(acme, name, now=NOW) for name in ("API", "Web", "Mail")]


def ledger(component: Component) -> list[tuple[str, object, object]]:
    rows = Interval.objects.filter(component=component, superseded_by__isnull=True)
    return list(rows.order_by("started_at").values_list("status", "started_at", "ended_at"))


def test_statuses_set_together_stand_in_ledger_and_journal(three: list[Component]) -> None:
    api, web, mail = three
    set_own_statuses([(api, "Unavailable"), (web, "Operational")], by=DONALD, now=LATER)
    assert ledger(api) == [("Operational", NOW, LATER), ("Unavailable", LATER, None)]
    assert ledger(web) == ledger(mail) == [("Operational", NOW, None)]
    assert Component.objects.get(pk=api.pk).own_status == "Unavailable"
    told = Event.objects.filter(kind="component.status_set").order_by("pk")
    assert list(told.values_list("subject_id", "data")) == [
        (api.pk, {"status": "Unavailable"}),
        (web.pk, {"status": "Operational"}),
    ]


def test_status_of_a_clock_that_is_behind_comes_after_what_is_written(
    three: list[Component],
) -> None:
    api = three[0]
    set_own_statuses([(api, "Unavailable")], by=DONALD, now=LATER)
    set_own_statuses([(api, "Minor issues")], by=DONALD, now=NOW)
    newest = OwnStatus.objects.filter(component=api).latest("since")
    assert (newest.status, newest.since > LATER) == ("Minor issues", True)
    assert ledger(api)[-1] == ("Minor issues", newest.since, None)


def test_statuses_cost_one_query_more_for_each_component(
    acme: Page, three: list[Component], query_count: QueryCount
) -> None:
    many = [*three, *(make_component(acme, f"No. {number}", now=NOW) for number in range(7))]
    costs = []
    for hours, some in enumerate((three, many)):
        now = LATER + timedelta(hours=hours)
        status = ("Minor issues", "Unavailable")[hours]
        with query_count() as counted:
            set_own_statuses([(one, status) for one in some], by=DONALD, now=now)
        costs.append(len(counted))
    assert costs[1] - costs[0] == 7


def test_showcased_is_set_of_many_and_told(three: list[Component]) -> None:
    set_showcased([(one, one.name == "API") for one in three], by=DONALD, now=LATER)
    shown = Component.objects.filter(showcased=True).values_list("name", flat=True)
    assert list(shown) == ["API"]
    told = Event.objects.filter(kind="component.changed")
    assert [event.data for event in told] == [{"changed": ["showcased"]}] * 3


def test_many_are_deleted_and_their_names_kept_in_the_journal(three: list[Component]) -> None:
    delete_components(three[:2], by=DONALD, now=LATER)
    assert list(Component.objects.values_list("name", flat=True)) == ["Mail"]
    told = Event.objects.filter(kind="component.deleted").order_by("pk")
    assert [event.data["name"] for event in told] == ["API", "Web"]


def test_nothing_chosen_changes_nothing(acme: Page) -> None:
    version = Page.objects.get(pk=acme.pk).version
    set_own_statuses([], by=DONALD, now=NOW)
    set_showcased([], by=DONALD, now=NOW)
    delete_components([], by=DONALD, now=NOW)
    assert Page.objects.get(pk=acme.pk).version == version
