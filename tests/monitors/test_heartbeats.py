import pytest

from factories.actors import DONALD
from factories.metrics import make_monitor
from factories.moments import at
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.monitors.agenda import tick
from pingpong.monitors.due import LEAD_S
from pingpong.monitors.heartbeats import note_beat
from pingpong.monitors.lifecycle import change_monitor, pause_monitor, resume_monitor
from pingpong.monitors.looks import looks_at
from pingpong.monitors.models import Monitor, RawOutcome, Verdict, Watch
from pingpong.monitors.retention import forget_old

GRACE_S = 30


@pytest.fixture
def monitor(db: None) -> Monitor:
    """Expected every five minutes, and half a minute later at the latest."""
    return make_monitor(
        make_page(now=at(0)), kind="heartbeat", options={"grace_s": GRACE_S}, now=at(0)
    )


def key_of(monitor: Monitor) -> str:
    assert monitor.heartbeat_key is not None
    return monitor.heartbeat_key


def deadline() -> float:
    """Return, in minutes of the story, until when the next beat has to come."""
    next_slot = Watch.objects.get().next_slot
    assert next_slot is not None
    return (next_slot - LEAD_S - GRACE_S - at(0).timestamp()) / 60


def seen() -> list[tuple[str, float]]:
    rows = RawOutcome.objects.order_by("slot")
    return [(row.word, (row.slot - at(0).timestamp()) / 60) for row in rows]


def test_the_first_beat_may_take_an_interval_and_the_grace(monitor: Monitor) -> None:
    assert deadline() == 5


def test_a_beat_is_an_outcome_and_moves_the_deadline(monitor: Monitor) -> None:
    assert note_beat(key_of(monitor), now=at(3)) is True
    assert (seen(), deadline()) == ([("up", 3)], 8)
    assert (Watch.objects.get().is_up, Watch.objects.get().last_slot) == (
        True,
        int(at(3).timestamp()),
    )
    assert Verdict.objects.get().state == "up"


def test_beats_of_one_second_are_one(monitor: Monitor) -> None:
    assert [note_beat(key_of(monitor), now=at(3)) for _ in range(3)] == [True] * 3
    assert seen() == [("up", 3)]


@pytest.mark.parametrize("key", ["", "hb_", "hb_" + "0" * 40, "x" * 10_000])
def test_a_key_of_nobody_writes_nothing(monitor: Monitor, key: str) -> None:
    assert note_beat(key, now=at(3)) is False
    assert (seen(), deadline()) == ([], 5)


def test_an_unknown_key_costs_one_query(monitor: Monitor, query_count: QueryCount) -> None:
    with query_count() as counted:
        note_beat("hb_" + "0" * 40, now=at(3))
    assert len(counted) == 1


def test_a_beat_that_does_not_come_is_missed(monitor: Monitor) -> None:
    note_beat(key_of(monitor), now=at(3))
    tick(at(8.49), [])
    assert seen() == [("up", 3)]
    tick(at(8.5), [])
    assert seen() == [("up", 3), ("heartbeat_missed", 8.5)]


def test_a_late_beat_makes_good(monitor: Monitor) -> None:
    tick(at(5.5), [])
    note_beat(key_of(monitor), now=at(7))
    assert seen() == [("heartbeat_missed", 5.5), ("up", 7)]
    assert (Watch.objects.get().is_up, deadline()) == (True, 12)


def test_a_paused_heartbeat_listens_and_notes_nothing(monitor: Monitor) -> None:
    pause_monitor(monitor, by=DONALD, now=at(1))
    assert note_beat(key_of(monitor), now=at(2)) is True
    tick(at(60), [])
    assert (seen(), Watch.objects.get().next_slot) == ([], None)
    resume_monitor(monitor, by=DONALD, now=at(60))
    assert deadline() == 65


def test_a_changed_interval_counts_from_now(monitor: Monitor) -> None:
    change_monitor(monitor, {"frequency": "minute"}, by=DONALD, now=at(2))
    assert deadline() == 3
    change_monitor(monitor, {"name": "Other"}, by=DONALD, now=at(2.5))
    assert deadline() == 3


def test_a_monitor_that_is_no_heartbeat_any_more_does_not_listen(monitor: Monitor) -> None:
    key = key_of(monitor)
    change_monitor(monitor, {"kind": "http"}, by=DONALD, now=at(1))
    assert note_beat(key, now=at(2)) is False


def test_when_it_was_last_heard_is_known_after_its_checks_are_forgotten(monitor: Monitor) -> None:
    note_beat(key_of(monitor), now=at(3))
    pause_monitor(monitor, by=DONALD, now=at(4))
    assert forget_old(at(3 + 73 * 60)) > 0
    assert seen() == []
    look = looks_at([monitor.pk])[monitor.pk]
    assert (look.is_up, look.slot) == (True, int(at(3).timestamp()))
