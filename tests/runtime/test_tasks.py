import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog
from django.db import OperationalError, connection
from structlog.testing import capture_logs

from factories.components import make_component
from factories.maintenance import make_maintenance, make_series
from factories.metrics import make_monitor
from factories.pages import make_page
from pingpong.events.models import Event
from pingpong.kit.clock import utc_now
from pingpong.monitors import judging
from pingpong.monitors.models import Verdict
from pingpong.monitors.verdict_rows import overdue
from pingpong.public import render
from pingpong.public.models import StoredPage
from pingpong.runtime import tasks
from pingpong.runtime.broker import make_app
from pingpong.runtime.lookout import Requests
from pingpong.runtime.models import EngineBeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_connection_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The transaction of a test lives on the connection that a task would close."""
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)


@pytest.fixture(autouse=True)
def requests(monkeypatch: pytest.MonkeyPatch) -> Requests:
    requests = Requests()
    monkeypatch.setattr(tasks, "requests", requests)
    return requests


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    with capture_logs() as lines:
        monkeypatch.setattr(tasks, "log", structlog.get_logger("test"))
        yield lines


def test_a_look_renders_and_takes_the_events(requests: Requests) -> None:
    page = make_page()
    requests.should_ask(changed=True)
    tasks.look()
    assert StoredPage.objects.get().page_id == page.pk
    assert not Event.objects.filter(claimed_at=None).exists()
    assert requests.should_ask(changed=True)


def test_a_page_that_is_postponed_is_looked_at_when_it_is_due(
    requests: Requests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "seconds_until_due", lambda _now: 0.2)
    tasks.look()
    assert 0.1 < requests.patience_s() <= 0.2


def test_the_clock_starts_maintenance_that_is_due() -> None:
    page = make_page()
    begin = utc_now() + timedelta(minutes=1)
    maintenance = make_maintenance(
        page,
        affected=[make_component(page)],
        scheduled_for=begin,
        ends_at=begin + timedelta(hours=1),
    )
    type(maintenance).objects.update(next_edge_at=utc_now())
    tasks.turn()
    assert Event.objects.filter(kind="maintenance.started").count() == 1


def test_the_engine_plans_maintenance_that_repeats() -> None:
    long_ago = utc_now() - timedelta(days=20)
    starts = (long_ago + timedelta(days=1)).replace(tzinfo=None, second=0, microsecond=0)
    series = make_series(make_page(), "FREQ=DAILY", starts=starts, now=long_ago)
    before = series.occurrences.count()
    tasks.plan()
    tasks.plan()
    assert series.occurrences.count() == before + 20


def test_pages_are_rendered_even_if_the_clock_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    make_page()

    def fail(_now: datetime) -> list[str]:
        raise RuntimeError("a bug")

    monkeypatch.setattr(tasks, "turn_clock", fail)
    with pytest.raises(RuntimeError, match="a bug"):
        tasks.turn()
    assert StoredPage.objects.count() == 1


def test_the_beat_tells_how_many_pages_were_rendered() -> None:
    tasks.beat()
    before = EngineBeat.objects.get().pages_rendered
    make_page()
    tasks.look()
    tasks.beat()
    assert EngineBeat.objects.get().pages_rendered == before + 1


def test_a_database_that_is_away_is_told_once_and_so_is_its_return(
    lines: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_now: datetime) -> int:
        raise OperationalError("away\nwith more lines")

    with monkeypatch.context() as away:
        away.setattr(render, "vouch", refuse)
        tasks.vouch()
        tasks.vouch()
    tasks.vouch()
    tasks.vouch()
    assert [(line["event"], line.get("problem")) for line in lines] == [
        ("database_away", "away"),
        ("database_back", None),
    ]


def test_housekeeping_goes_on_after_a_chore_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def fail(_now: datetime) -> int:
        raise RuntimeError("a bug")

    monkeypatch.setattr("pingpong.runtime.repeat.close_old_connections", lambda: None)
    monkeypatch.setattr(tasks.intake, "forget_old", fail)
    monkeypatch.setattr(tasks.heartbeat, "forget_dead_engines", lambda _now: done.append("beats"))
    monkeypatch.setattr(tasks.results, "forget_old", lambda _now: done.append("results"))
    tasks.housekeep()
    assert done == ["beats", "results"]


def test_a_review_tells_what_nobody_has_looked_at_and_is_alone_batch_by_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monitor = make_monitor(make_page())
    Verdict.objects.create(monitor=monitor, state="up", since=0, covered_until=60)
    depth = len(connection.savepoint_ids)
    between: list[int] = []

    def look_between(second: int, *, after: str, count: int) -> list[str]:
        between.append(len(connection.savepoint_ids) - depth)
        return overdue(second, after=after, count=count)

    monkeypatch.setattr(judging, "overdue", look_between)
    tasks.review()
    assert between == [0, 0]
    assert Event.objects.filter(kind="monitor.lost_sight").count() == 1


def test_every_scheduled_task_exists() -> None:
    app = make_app("memory://")
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert scheduled <= app.tasks.keys()


def test_a_message_is_taken_by_the_default_app_of_any_thread() -> None:
    from celery import current_app

    app = make_app("memory://")
    seen: list[str] = []
    thread = threading.Thread(target=lambda: seen.append(current_app.conf.broker_url))
    thread.start()
    thread.join()
    assert seen == [app.conf.broker_url]
