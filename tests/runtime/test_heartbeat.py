from datetime import timedelta

import pytest

from pingpong.kit.clock import utc_now
from pingpong.runtime import heartbeat
from pingpong.runtime.models import EngineBeat

pytestmark = pytest.mark.django_db


def beat_as(name: str, monkeypatch: pytest.MonkeyPatch, *, ago: timedelta) -> None:
    monkeypatch.setattr(heartbeat, "engine_name", lambda: name)
    now = utc_now() - ago
    heartbeat.beat(started_at=now, pages_rendered=1, now=now)


def test_an_engine_has_one_row_however_often_it_beats() -> None:
    for rendered in (1, 5):
        heartbeat.beat(started_at=utc_now(), pages_rendered=rendered, now=utc_now())
    assert list(EngineBeat.objects.values_list("pages_rendered", flat=True)) == [5]


def test_the_newest_beat_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    beat_as("old", monkeypatch, ago=timedelta(minutes=5))
    beat_as("new", monkeypatch, ago=timedelta(seconds=5))
    age = heartbeat.newest_beat_age(utc_now())
    assert age is not None
    assert timedelta(seconds=5) <= age < timedelta(seconds=10)


def test_without_engines_there_is_no_age() -> None:
    assert heartbeat.newest_beat_age(utc_now()) is None


def test_an_engine_that_stops_takes_only_its_own_sign_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    beat_as("other", monkeypatch, ago=timedelta())
    beat_as("mine", monkeypatch, ago=timedelta())
    heartbeat.end_beat()
    assert list(EngineBeat.objects.values_list("engine", flat=True)) == ["other"]


def test_engines_that_fell_silent_long_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    beat_as("dead", monkeypatch, ago=timedelta(hours=25))
    beat_as("away", monkeypatch, ago=timedelta(hours=23))
    assert heartbeat.forget_dead_engines(utc_now()) == 1
    assert list(EngineBeat.objects.values_list("engine", flat=True)) == ["away"]
