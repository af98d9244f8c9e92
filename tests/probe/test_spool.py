"""Messages on disk."""

import logging
from pathlib import Path

import pytest

from pingpong.probe.spool import Spool, SpoolBusyError


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.outcomes"))


def left(folder: Path) -> list[bytes]:
    """Return what a new process finds."""
    spool = Spool(folder)
    found = [payload for _, payload in spool.recover()]
    spool.close()
    return found


def test_records_are_found_again_in_their_order(tmp_path: Path) -> None:
    spool = Spool(tmp_path, file_bytes=100)
    payloads = [f"message {number}".encode() * 3 for number in range(20)]
    places = [spool.add(payload) for payload in payloads]
    assert [spool.read(place) for place in places] == payloads
    assert len(files(tmp_path)) > 3
    spool.close()
    assert left(tmp_path) == payloads


def test_file_goes_with_its_last_record(tmp_path: Path) -> None:
    spool = Spool(tmp_path, file_bytes=1)
    places = [spool.add(b"x" * 10) for _ in range(3)]
    spool.remove(places[0])
    spool.remove(places[2])
    assert len(files(tmp_path)) == 2
    assert files(tmp_path)[1].stat().st_size == 0
    spool.remove(places[1])
    assert len(files(tmp_path)) == 1
    spool.close()
    assert left(tmp_path) == []
    assert files(tmp_path) == []


@pytest.mark.parametrize("cut", range(1, 18))
def test_torn_record_is_dropped_and_the_ones_before_it_stay(tmp_path: Path, cut: int) -> None:
    spool = Spool(tmp_path)
    spool.add(b"whole")
    spool.add(b"torn here")
    spool.close()
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes()[:-cut])
    assert left(tmp_path) == [b"whole"]


@pytest.mark.parametrize("place", range(8))
def test_damaged_record_is_dropped(tmp_path: Path, place: int) -> None:
    spool = Spool(tmp_path)
    spool.add(b"whole")
    spool.add(b"damaged")
    spool.close()
    (file,) = files(tmp_path)
    raw = bytearray(file.read_bytes())
    raw[8 + len(b"whole") + place] ^= 0xFF
    file.write_bytes(raw)
    assert left(tmp_path) == [b"whole"]


def test_foreign_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.outcomes").write_text("mine")
    spool = Spool(tmp_path)
    spool.add(b"x")
    spool.close()
    assert left(tmp_path) == [b"x"]
    assert (tmp_path / "notes.outcomes").read_text() == "mine"


def test_oldest_files_go_when_the_spool_is_full(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spool = Spool(tmp_path, most_bytes=1000, file_bytes=200)
    with caplog.at_level(logging.WARNING):
        places = [spool.add(f"{number:092d}".encode()) for number in range(50)]
    spool.close()
    assert sum(file.stat().st_size for file in files(tmp_path)) <= 1000
    found = [int(payload) for payload in left(tmp_path)]
    assert found == list(range(50 - len(found), 50))
    assert len(found) >= 8
    assert spool.read(places[0]) is None


def test_spool_that_grew_while_nobody_looked_is_bounded_at_the_start(tmp_path: Path) -> None:
    spool = Spool(tmp_path, file_bytes=200)
    for number in range(50):
        spool.add(f"{number:092d}".encode())
    spool.close()
    spool = Spool(tmp_path, most_bytes=1000)
    assert len(list(spool.recover())) == 50
    spool.close()
    assert sum(file.stat().st_size for file in files(tmp_path)) <= 1000


def test_spool_has_one_process(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    with pytest.raises(SpoolBusyError):
        Spool(tmp_path)
    spool.close()
    Spool(tmp_path).close()
