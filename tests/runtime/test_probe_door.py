from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DataError, OperationalError

from factories.metrics import make_monitor
from factories.moments import at
from factories.pages import make_page
from pingpong.monitors.agents import FRESH_FOR, served_locations
from pingpong.monitors.models import ProbeAgent, RawOutcome, Watch
from pingpong.probe.contract import Outcome, Outcomes, Report, encode
from pingpong.runtime import probe_door
from pingpong.runtime.probe_door import NotStoredError, take_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch() -> Watch:
    return make_monitor(make_page(), now=at(0), url="https://acme.example/").watches.get()


def outcomes_of(watch: Watch) -> bytes:
    found = [Outcome(watch.pk, int(at(0).timestamp()), "up", total_us=1000)]
    return encode(Outcomes("id-1", "agent", "here", "US West", at(0).timestamp(), found))


def report(**others: object) -> Report:
    facts: dict[str, object] = {
        "agent": "berlin:1",
        "vantage": "berlin",
        "locations": ["Sweden", "Italy"],
        "version": "0.1.0",
        "started_at": at(-5).timestamp(),
        "sent_at": at(0).timestamp() + 40,
        "in_flight": 3,
        "spooled": 0,
        "is_connected": True,
    }
    return Report(**{**facts, **others})  # type: ignore[arg-type]


def test_outcomes_are_stored_and_get_a_receipt_each_time_they_come(watch: Watch) -> None:
    packet = outcomes_of(watch)
    assert [take_message(packet, now=at(0)) for _ in range(2)] == ["id-1", "id-1"]
    assert list(RawOutcome.objects.values_list("word", "vantage")) == [("up", "here")]


@pytest.mark.parametrize(
    "packet", [b"", b"{}", b"[1]", b'{"type":"outcomes"}', b"\xff\xfe", b'{"type":"batch"}']
)
def test_what_cannot_be_read_is_dropped(packet: bytes) -> None:
    assert take_message(packet, now=at(0)) is None


def test_report_is_kept_with_the_difference_of_clocks() -> None:
    assert take_message(encode(report()), now=at(0)) is None
    agent = ProbeAgent.objects.get()
    assert (agent.name, agent.locations, agent.skew_s) == (
        "berlin:1",
        ["Italy", "Sweden"],
        pytest.approx(40),
    )


def test_locations_are_served_while_somebody_reports_from_there() -> None:
    take_message(encode(report()), now=at(0))
    take_message(encode(report(agent="tokyo:1", locations=["Japan"])), now=at(10))
    assert served_locations(at(0)) == {"Sweden", "Italy", "Japan"}
    assert served_locations(at(0) + FRESH_FOR + timedelta(seconds=1)) == {"Japan"}


def test_odd_figures_of_a_report_are_bounded() -> None:
    take_message(encode(report(agent="a" * 500, in_flight=-1, spooled=2**50)), now=at(0))
    agent = ProbeAgent.objects.get()
    assert (len(agent.name), agent.in_flight, agent.spooled) == (100, 0, 2**31 - 1)


def message(watch: Watch, *outcomes: Outcome, vantage: str = "here") -> bytes:
    sent_at = at(0).timestamp()
    return encode(Outcomes("id-1", "agent", vantage, "US West", sent_at, list(outcomes)))


def test_odd_figures_and_signs_of_an_outcome_hold_nothing_up(watch: Watch) -> None:
    slot = int(at(0).timestamp())
    odd = Outcome(watch.pk, slot, "up", certificate_until=2**70, detail="a\0b")
    before = Outcome(watch.pk, slot - 60, "up", certificate_until=-(10**15))
    packet = message(watch, before, odd, vantage="a\0b")
    assert take_message(packet, now=at(0)) == "id-1"
    assert list(RawOutcome.objects.values_list("vantage", flat=True)) == ["ab", "ab"]


def test_what_cannot_be_stored_is_dropped_and_the_rest_is_kept(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = int(at(0).timestamp())
    real = probe_door.take_outcomes

    def refuse(outcomes: list[Outcome], **options: Any) -> int:
        if any(one.slot == slot for one in outcomes):
            raise DataError("out of range")
        return real(outcomes, **options)

    monkeypatch.setattr(probe_door, "take_outcomes", refuse)
    packet = message(watch, Outcome(watch.pk, slot, "up"), Outcome(watch.pk, slot - 60, "up"))
    assert take_message(packet, now=at(0)) == "id-1"
    assert list(RawOutcome.objects.values_list("slot", flat=True)) == [slot - 60]


@pytest.mark.parametrize("problem", [OperationalError("locked"), psycopg.OperationalError("pool")])
def test_message_comes_again_while_the_database_is_away(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def refuse(*_: Any, **__: Any) -> int:
        raise problem

    monkeypatch.setattr(probe_door, "take_outcomes", refuse)
    with pytest.raises(NotStoredError):
        take_message(outcomes_of(watch), now=at(0))


def test_report_of_anything_is_made_storable() -> None:
    odd = report(agent="a\0b", vantage="\0", locations=["Atlantis", "Japan"], started_at=1e300)
    take_message(encode(odd), now=at(0))
    agent = ProbeAgent.objects.get()
    assert (agent.name, agent.vantage, agent.locations) == ("ab", "", ["Japan"])
