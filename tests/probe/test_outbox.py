"""Messages on their way to the core."""

from pathlib import Path

import pytest

from pingpong.probe.contract import Outcome, Outcomes, encode
from pingpong.probe.outbox import RESENT_AFTER_S, Outbox
from pingpong.probe.spool import Spool


def message(number: int) -> Outcomes:
    return Outcomes(f"m{number}", "a", "v", "US West", 1.0, [Outcome(number, 60, "up")])


def drain(outbox: Outbox, now: float) -> list[str]:
    """Hand over whatever is due."""
    names = []
    while (due := outbox.next_due(now)) is not None:
        names.append(due[0])
        outbox.sent(due[0], now)
    return names


def test_messages_go_oldest_first_and_again_until_they_arrived(tmp_path: Path) -> None:
    outbox = Outbox(Spool(tmp_path), now=0)
    for number in range(100):
        outbox.add(message(number), now=0)
    assert drain(outbox, now=1) == [f"m{number}" for number in range(100)]
    outbox.arrived(f"m{number}" for number in range(98))
    assert drain(outbox, now=RESENT_AFTER_S) == []
    assert drain(outbox, now=1 + RESENT_AFTER_S) == ["m98", "m99"]
    outbox.arrived(["m99", "m98", "unknown"])
    assert len(outbox) == 0
    assert drain(outbox, now=1000) == []
    outbox.close()


def test_payload_is_the_message_from_memory_and_from_disk(tmp_path: Path) -> None:
    outbox = Outbox(Spool(tmp_path), now=0)
    for number in range(100):
        outbox.add(message(number), now=0)
    for number in range(100):
        assert outbox.next_due(1) == (f"m{number}", encode(message(number)))
        outbox.sent(f"m{number}", 1)
    assert outbox.next_due(100) == ("m0", encode(message(0)))
    outbox.close()


def test_new_process_sends_what_the_last_one_could_not(tmp_path: Path) -> None:
    outbox = Outbox(Spool(tmp_path), now=0)
    for number in range(3):
        outbox.add(message(number), now=0)
    outbox.sent("m0", now=0)
    outbox.arrived(["m0"])
    outbox.close()
    outbox = Outbox(Spool(tmp_path), now=0)
    outbox.add(message(3), now=0)
    # What has arrived may come again while its file has others: its id says that it is known.
    assert drain(outbox, now=0)[-3:] == ["m1", "m2", "m3"]
    outbox.close()


def test_full_disk_leaves_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool(tmp_path)
    outbox = Outbox(spool, now=0)

    def refuse(_payload: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool, "add", refuse)
    for number in range(1005):
        outbox.add(message(number), now=0)
    assert len(outbox) == 1000
    assert drain(outbox, now=0)[0] == "m5"
    outbox.arrived(f"m{number}" for number in range(1005))
    assert len(outbox) == 0
    outbox.close()


def test_what_did_not_arrive_soon_is_synced_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(tmp_path)
    outbox = Outbox(spool, now=0)
    synced: list[bool] = []
    monkeypatch.setattr(spool, "sync", lambda: synced.append(True))
    outbox.add(message(1), now=0)
    outbox.sync_when_due(now=0.5)
    assert synced == []
    outbox.sync_when_due(now=1.5)
    outbox.sync_when_due(now=3)
    assert synced == [True]
    outbox.close()
