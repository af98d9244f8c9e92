from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog
from django.db import connection
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from pingpong.events.models import Event
from pingpong.kit.clock import utc_now
from pingpong.runtime import consumers
from pingpong.runtime.consumers import consume_events

pytestmark = pytest.mark.django_db


def make_event(kind: str = "incident.opened", **more: Any) -> Event:
    return Event.objects.create(kind=kind, page_id="p", subject_id="s", at=utc_now(), **more)


def test_each_event_reaches_each_of_its_consumers_once() -> None:
    opened, created = make_event("incident.opened"), make_event("component.created")
    all_kinds: list[int] = []
    one_kind: list[int] = []
    for _ in range(2):
        consume_events(
            utc_now(),
            every_kind=[lambda event, _now: all_kinds.append(event.pk)],
            by_kind={"incident.opened": [lambda event, _now: one_kind.append(event.pk)]},
        )
    assert all_kinds == [opened.pk, created.pk]
    assert one_kind == [opened.pk]


def test_taking_tells_how_many_and_marks_when() -> None:
    make_event()
    make_event()
    now = utc_now()
    assert consume_events(now) == 2
    assert consume_events(now) == 0
    assert set(Event.objects.values_list("claimed_at", flat=True)) == {now}


def test_an_event_that_another_engine_claimed_meanwhile_is_left_to_it() -> None:
    first, second = make_event(), make_event()
    seen: list[int] = []

    def consumer(event: Event, _now: datetime) -> None:
        seen.append(event.pk)
        Event.objects.filter(pk=second.pk).update(claimed_at=utc_now())

    assert consume_events(utc_now(), every_kind=[consumer]) == 1
    assert seen == [first.pk]


def test_a_consumer_that_raises_stops_no_other_event() -> None:
    poison, healthy = make_event(data={"poison": True}), make_event()
    seen: list[int] = []

    def consumer(event: Event, _now: datetime) -> None:
        Event.objects.create(kind="written by the consumer", at=utc_now(), claimed_at=utc_now())
        if event.data:
            raise ValueError("poison")
        seen.append(event.pk)

    assert consume_events(utc_now(), every_kind=[consumer]) == 1
    assert seen == [healthy.pk]
    poison.refresh_from_db()
    assert poison.claimed_at is None
    assert Event.objects.filter(kind="written by the consumer").count() == 1


def test_poison_of_a_whole_batch_does_not_hide_what_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(consumers, "BATCH", 2)
    for _ in range(4):
        make_event(data={"poison": True})
    healthy = make_event()

    def consumer(event: Event, _now: datetime) -> None:
        if event.data:
            raise ValueError("poison")

    consume_events(utc_now(), every_kind=[consumer])
    assert list(Event.objects.exclude(claimed_at=None)) == [healthy]


def test_an_event_with_a_smaller_id_that_came_late_is_not_passed_over() -> None:
    make_event(id=1000)
    consume_events(utc_now())
    make_event(id=10)
    assert consume_events(utc_now()) == 1


def test_looking_for_nothing_costs_one_query() -> None:
    with CaptureQueriesContext(connection) as queries:
        consume_events(utc_now())
    assert len(queries) == 1


@pytest.mark.parametrize(("age", "lines"), [(timedelta(minutes=59), 1), (timedelta(hours=2), 0)])
def test_news_leave_a_line_and_history_does_not(
    monkeypatch: pytest.MonkeyPatch, age: timedelta, lines: int
) -> None:
    event = make_event()
    with capture_logs() as written:
        monkeypatch.setattr(consumers, "log", structlog.get_logger("test"))
        consumers.log_event(event, event.at + age)
    assert [line["event"] for line in written] == ["incident.opened"] * lines
