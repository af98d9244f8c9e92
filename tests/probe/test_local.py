"""A probe as a process of its own, at the other end of a pipe."""

import time
from collections import Counter
from pathlib import Path

import pytest

from pingpong.probe.contract import Check
from pingpong.probe.courier import MOST_GATHERED
from probe.core import Core, core
from probe.farm import Farm

pytestmark = pytest.mark.probe


def spooled_bytes(one: Core) -> int:
    return sum(file.stat().st_size for file in one.spool.glob("*.outcomes"))


def test_probe_reports_itself_does_its_checks_and_ends_with_code_0(
    tmp_path: Path, farm: Farm
) -> None:
    with core(tmp_path) as one:
        slot = one.send([Check(url=farm.url("/")), Check(url=farm.url("/status?code=500"))])
        outcomes = sorted(one.listen(2), key=lambda outcome: outcome.watch)
        assert [(o.watch, o.slot, o.word) for o in outcomes] == [
            (1, slot, "up"),
            (2, slot, "status_unexpected"),
        ]
        (report, *_) = one.reports
        assert (report.vantage, report.locations) == ("local", ["US West"])
        assert report.is_connected
        assert {(m.agent, m.vantage, m.location) for m in one.messages} == {
            (report.agent, "local", "US West")
        }
        assert one.stop() == 0
        assert spooled_bytes(one) == 0


def test_many_outcomes_fit_into_packets(tmp_path: Path, farm: Farm) -> None:
    with core(tmp_path) as one:
        for first in range(0, 1000, 250):
            one.send([Check(url=farm.url("/status?code=599"))] * 250, first=first)
        one.listen(1000)
        assert max(len(message.outcomes) for message in one.messages) <= MOST_GATHERED


def test_message_without_a_receipt_is_sent_again_after_15_seconds(
    tmp_path: Path, farm: Farm
) -> None:
    with core(tmp_path, gives_receipts=False) as one:
        one.send([Check(url=farm.url("/"))])
        one.listen(1)
        begun = time.monotonic()
        while len(one.messages) < 2:
            one.take(30)
        assert 14 < time.monotonic() - begun < 18
        first, second = one.messages
        assert first == second


def test_probe_that_was_killed_sends_what_it_knew_when_it_is_back(
    tmp_path: Path, farm: Farm
) -> None:
    with core(tmp_path, gives_receipts=False) as one:
        one.send([Check(url=farm.url("/"))] * 50)
        known = one.listen(50)
        one.kill()
        one.gives_receipts = True
        one.messages.clear()
        one.start()
        assert sorted(one.listen(50), key=str) == sorted(known, key=str)
        assert one.stop() == 0
        assert spooled_bytes(one) == 0


def test_probe_that_is_stopped_finishes_what_is_under_way(tmp_path: Path, farm: Farm) -> None:
    with core(tmp_path) as one:
        one.send([Check(url=farm.url("/slow?s=1")), Check(url=farm.url("/hang"))])
        while farm.requests[-1].path not in ("/hang", "/slow"):
            time.sleep(0.01)
        time.sleep(0.3)
        begun = time.monotonic()
        assert one.stop() == 0
        assert time.monotonic() - begun < 6
        assert Counter(o.word for o in one.listen(1)) == {"up": 1}


def test_checks_that_were_not_begun_when_the_probe_stops_are_left_to_others(
    tmp_path: Path, farm: Farm
) -> None:
    with core(tmp_path) as one:
        while not one.reports:
            one.take(10)
        one.send([Check(url=farm.url("/"))], slot=int(time.time()) + 30)
        time.sleep(0.5)
        begun = time.monotonic()
        assert one.stop() == 0
        assert time.monotonic() - begun < 2
        assert one.outcomes() == []


def test_second_probe_does_not_write_into_the_spool_of_the_first(tmp_path: Path) -> None:
    with core(tmp_path) as one:
        while not one.reports:
            one.take(10)
        with core(tmp_path) as other:
            assert other.process is not None
            assert other.process.wait(10) == 1


def test_environment_of_a_probe_may_be_empty(tmp_path: Path, farm: Farm) -> None:
    with core(tmp_path) as one:
        one.send([Check(url=farm.url("/"))])
        one.listen(1)
        assert one.process is not None
        names = Path(f"/proc/{one.process.pid}/environ").read_bytes().split(b"\0")
        assert {name.split(b"=")[0] for name in names if name} <= {
            b"PATH",
            b"PINGPONG_LOG_FORMAT",
            b"LC_CTYPE",
        }


@pytest.mark.parametrize("canaries", ["nonsense", "127.0.0.1", "http://127.0.0.1:80/"])
def test_probe_whose_canaries_cannot_be_read_does_not_start(tmp_path: Path, canaries: str) -> None:
    with core(tmp_path, canaries=canaries) as one:
        assert one.process is not None
        assert one.process.wait(10) == 1


def test_probe_ends_when_its_core_is_gone_for_good(tmp_path: Path) -> None:
    with core(tmp_path) as one:
        while not one.reports:
            one.take(10)
        one.probe_end.close()
        one.end.close()
        assert one.process is not None
        assert one.process.wait(10) == 0
