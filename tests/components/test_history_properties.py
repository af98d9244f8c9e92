"""Whatever people do in whatever order: the ledger tells one story, and takes nothing back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.actors import DONALD
from factories.components import make_component
from factories.incidents import make_incident, make_update
from factories.maintenance import make_maintenance
from factories.moments import at
from factories.pages import make_page
from fixtures.ledger import ledger_of
from pingpong.components.history import intervals_since
from pingpong.components.lifecycle import set_own_status
from pingpong.components.models import Component, Effect, Interval, OwnStatus
from pingpong.components.status import Influence, Status
from pingpong.components.timeline import Segment, Setting, derive
from pingpong.components.uptime import tally
from pingpong.incidents.lifecycle import (
    change_incident,
    change_update,
    delete_incident,
    delete_update,
)
from pingpong.incidents.models import Incident, IncidentStatus, IncidentUpdate
from pingpong.maintenance.clock import turn_clock
from pingpong.maintenance.lifecycle import change_maintenance, delete_maintenance
from pingpong.maintenance.models import Maintenance
from pingpong.pages.models import Page

POSTABLE = [status for status in IncidentStatus.values if status != "In progress"]
statuses = st.sampled_from(Status.values)


@dataclass
class Story:
    """A page with two components, and people who do things to it while time goes on."""

    draw: Callable[[Any], Any]
    page: Page = field(default_factory=lambda: make_page(now=at(0)))
    minute: int = 0
    components: list[Component] = field(init=False)

    def __post_init__(self) -> None:
        self.components = [make_component(self.page, name, now=at(0)) for name in ("One", "Two")]

    @property
    def now(self) -> datetime:
        return at(self.minute)

    def set_status(self) -> None:
        component = self.draw(st.sampled_from(self.components))
        set_own_status(component, self.draw(statuses), by=DONALD, now=self.now)

    def open_incident(self) -> None:
        occurred_at = at(self.draw(st.integers(-5, self.minute)))
        make_incident(self.page, occurred_at=occurred_at, affected=self._affected(), now=self.now)

    def post_update(self) -> None:
        for incident in self._any(Incident):
            make_update(incident, self.draw(st.sampled_from(POSTABLE)), now=self.now)

    def change_incident(self) -> None:
        for incident in self._any(Incident):
            occurred_at = at(self.draw(st.integers(-5, self.minute)))
            affected = self.draw(st.none() | st.just(self._affected()))
            change_incident(
                incident, {"occurred_at": occurred_at}, affected=affected, by=DONALD, now=self.now
            )

    def change_update(self) -> None:
        for update in self._any(IncidentUpdate):
            changes = {"status": self.draw(st.sampled_from(POSTABLE))}
            change_update(update, changes, by=DONALD, now=self.now)

    def delete_update(self) -> None:
        for update in self._any(IncidentUpdate):
            delete_update(update, by=DONALD, now=self.now)

    def delete_incident(self) -> None:
        for incident in self._any(Incident):
            delete_incident(incident, by=DONALD, now=self.now)

    def schedule(self) -> None:
        affected = self.draw(st.lists(st.sampled_from(self.components), unique=True))
        window = self._window(self.draw(self._starts()))
        make_maintenance(self.page, affected=affected, now=self.now, **window)

    def reschedule(self) -> None:
        for window in self._any(Maintenance):
            start = self.draw(st.just(window.scheduled_for) | self._starts())
            change_maintenance(window, self._window(start), by=DONALD, now=self.now)

    def cancel(self) -> None:
        for window in self._any(Maintenance):
            delete_maintenance(window, by=DONALD, now=self.now)

    def turn_clock(self) -> None:
        while turn_clock(self.now):
            pass

    def _affected(self) -> list[tuple[Component, str]]:
        chosen = self.draw(st.lists(st.sampled_from(self.components), unique=True))
        return [(component, self.draw(statuses)) for component in chosen]

    def _starts(self) -> st.SearchStrategy[datetime]:
        return st.integers(self.minute - 5, self.minute + 10).map(at)

    def _window(self, start: datetime) -> dict[str, datetime]:
        lasts = timedelta(minutes=self.draw(st.integers(1, 20)))
        return {"scheduled_for": start, "ends_at": start + lasts}

    def _any(self, model: Any) -> list[Any]:
        rows = list(model.objects.order_by("created_at", "id"))
        return [self.draw(st.sampled_from(rows))] if rows else []


DEEDS = [
    Story.set_status,
    Story.open_incident,
    Story.post_update,
    Story.change_incident,
    Story.change_update,
    Story.delete_update,
    Story.delete_incident,
    Story.schedule,
    Story.reschedule,
    Story.cancel,
    Story.turn_clock,
]


@pytest.mark.usefixtures("db")
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.data(),
    st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 5)), min_size=3, max_size=14),
)
def test_ledger_after_anything_is_what_settings_and_events_say(
    data: st.DataObject, deeds: list[tuple[Callable[[Story], None], int]]
) -> None:
    with transaction.atomic():
        story = Story(data.draw)
        for deed, minutes in deeds:
            story.minute += minutes
            before = kept_rows()
            deed(story)
            assert_nothing_was_taken_back(before, kept_rows())
            for component in story.components:
                ledger_of(component)
        story.turn_clock()
        for component in story.components:
            assert in_force(component) == told_anew(component, now=story.now)
            assert_uptime_covers_the_whole_life(component, now=at(story.minute + 1))
        transaction.set_rollback(True)


def kept_rows() -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in Interval.objects.values()}


def assert_nothing_was_taken_back(
    before: dict[int, dict[str, Any]], after: dict[int, dict[str, Any]]
) -> None:
    """Ask that rows were only added, closed once, and superseded once."""
    for key, row in before.items():
        changed = {name for name, value in row.items() if after[key][name] != value}
        assert changed <= {"ended_at", "superseded_by_id"}
        assert all(row[name] is None for name in changed)


def in_force(component: Component) -> list[Segment]:
    rows = Interval.objects.filter(component=component, superseded_by__isnull=True)
    return [
        Segment(row.status, row.source, row.cause_id, row.started_at, row.ended_at)
        for row in rows.order_by("started_at")
    ]


def told_anew(component: Component, *, now: datetime) -> list[Segment]:
    known = OwnStatus.objects.filter(component=component)
    events = Effect.objects.filter(component=component)
    rows = [Setting(row.status, row.since) for row in known]
    return derive(
        rows,
        [
            Influence(row.source, row.event_id, row.status, row.starts_at, row.ends_at)
            for row in events
        ],
        start=component.created_at,
        until=max(now, rows[-1].since),
    )


def assert_uptime_covers_the_whole_life(component: Component, *, now: datetime) -> None:
    spans = intervals_since([component.pk], component.created_at, now=now)[component.pk]
    sums = tally(spans, component.created_at, now)
    counted = sums.up_s + sums.degraded_s + sums.down_s + sums.maintenance_s + sums.unknown_s
    assert counted == pytest.approx((now - component.created_at).total_seconds())
