"""Filling: once, whole or not at all, the same every time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pingpong.accounts.models import Person
from pingpong.components.models import Interval
from pingpong.custom_metrics.models import DataPoint
from pingpong.events.models import Event
from pingpong.incidents.models import Incident, IncidentUpdate
from pingpong.kit.actor import Actor
from pingpong.maintenance.models import Maintenance
from pingpong.monitors.models import VerdictSpan
from pingpong.pages.lifecycle import create_page
from pingpong.pages.models import Page
from pingpong.runtime.demo.fill import fill_demo
from pingpong.teams.bootstrap import SlugTakenError
from pingpong.teams.tokens import authenticate

pytestmark = pytest.mark.django_db


def snapshot() -> dict[str, Any]:
    """Return everything that does not hang on a random id or secret."""
    ledger = Interval.objects.order_by("component__position", "started_at", "pk")
    points = DataPoint.objects.order_by("metric__position", "minute")
    return {
        "ledger": list(
            ledger.values_list(
                "component__name", "status", "source", "actor", "started_at", "ended_at"
            )
        ),
        "points": list(points.values_list("metric__name", "minute", "value")),
        # A monitor's id decides when within its interval it looks.
        "verdicts": set(VerdictSpan.objects.values_list("monitor__name", "state")),
        "incidents": list(
            Incident.objects.values_list("title", "message", "occurred_at", "resolved_at")
        ),
        "updates": list(IncidentUpdate.objects.values_list("message", "status", "created_at")),
        "maintenance": list(Maintenance.objects.values_list("title", "scheduled_for", "ends_at")),
        "journal": list(Event.objects.order_by("pk").values_list("kind", "actor", "at")),
    }


def test_answers_what_a_person_needs_to_begin_and_tells_its_steps(now: datetime) -> None:
    told: list[str] = []
    made = fill_demo(now=now, tell=told.append)
    assert told == [
        "Making the project ACME and its team",
        "Writing 90 days of incidents and maintenance",
        "Adding two months of measurements",
    ]
    assert (made.project, made.slug, made.email) == ("ACME", "acme", "donald@acme.example")
    assert made.password is not None
    token = authenticate(made.token)
    assert token is not None
    assert token.membership.person.name == "Donald Duck"
    assert token.membership.page.shields_key == made.shields_key


def test_a_second_time_nothing_is_filled(now: datetime) -> None:
    first = fill_demo(now=now)
    before = snapshot()
    before.pop("journal")
    told: list[str] = []
    again = fill_demo(now=now + timedelta(days=3), tell=told.append)
    after = snapshot()
    journal = after.pop("journal")
    assert after == before
    assert journal[-1][0] == "token.revealed"
    assert told == []
    assert again.password is None
    assert (again.token, again.page_id) == (first.token, first.page_id)


def test_a_filling_that_dies_leaves_nothing(now: datetime) -> None:
    def die_at_the_last_step(step: str) -> None:
        if "measurements" in step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill_demo(now=now, tell=die_at_the_last_step)
    assert not Page.objects.exists()
    assert not Person.objects.exists()
    assert not Event.objects.exists()
    fill_demo(now=now)
    assert Incident.objects.count() == 15


def test_others_who_have_the_slug_keep_it(now: datetime) -> None:
    create_page(name="Acme Ltd", slug="acme", by=Actor("Gladstone"), now=now)
    with pytest.raises(SlugTakenError):
        fill_demo(now=now)
    assert not Person.objects.exists()


def test_people_who_are_known_already_join(now: datetime) -> None:
    fill_demo(now=now)
    Page.objects.all().delete()
    again = fill_demo(now=now)
    assert again.password is None
    assert Person.objects.count() == 5


def test_the_same_instant_gives_the_same_past(now: datetime) -> None:
    fill_demo(now=now)
    first = snapshot()
    Page.objects.all().delete()
    Event.objects.all().delete()
    fill_demo(now=now)
    assert snapshot() == first


@pytest.mark.parametrize(
    "at",
    [
        datetime(2028, 2, 29, 0, 0, 30, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
def test_any_time_of_day_will_do(at: datetime) -> None:
    fill_demo(now=at)
    assert Incident.objects.filter(resolved_at=None).count() == 1
    assert not IncidentUpdate.objects.filter(created_at__gt=at).exists()
    assert not Interval.objects.filter(started_at__gt=at).exists()
    assert Maintenance.objects.filter(next_edge_at__gt=at).count() == 1
    assert Maintenance.objects.filter(next_edge_at__isnull=True).count() == 4
