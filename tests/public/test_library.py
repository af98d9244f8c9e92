import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pingpong.public.copies import Copy
from pingpong.public.disk import Shelf
from pingpong.public.library import Library

CopyOf = Callable[..., Copy]
KILOBYTE = 1024


def _incompressible(kilobytes: int, seed: int) -> str:
    state, characters = seed, []
    for _ in range(kilobytes * KILOBYTE):
        state = state * 1103515245 + 12345 & 0x7FFFFFFF
        characters.append(chr(33 + state // 65536 % 90))
    return "".join(characters)


def test_memory_is_bounded_and_the_rest_comes_from_disk(folder: Path, copy_of: CopyOf) -> None:
    library = Library(Shelf(folder), memory_bytes=60 * KILOBYTE)
    copies = [copy_of(f"/s/{n}/", _incompressible(4, n + 1)) for n in range(20)]
    for copy in copies:
        library.put([copy], {"p1": time.time()})
    held = [entry for entry in library.entries.values() if entry.copy is not None]
    assert 0 < sum(entry.weight for entry in held) <= 60 * KILOBYTE
    assert len(library.entries) == 20
    resting = next(entry for entry in library.entries.values() if entry.copy is None)
    answers = library.fresh(resting)
    assert answers is not None
    expected = next(copy for copy in copies if copy.path == resting.path)
    assert [answer.body for answer in answers] == [
        [expected.bodies.identity],
        [expected.bodies.gzip],
        [expected.bodies.brotli],
    ]
    assert resting.fresh == answers


def test_what_is_asked_for_stays(folder: Path, copy_of: CopyOf) -> None:
    library = Library(Shelf(folder), memory_bytes=60 * KILOBYTE)
    for number in range(12):
        library.put([copy_of(f"/s/{number}/", _incompressible(4, number + 1))], {})
        library.entries["/s/0/"].is_used = True
    assert library.entries["/s/0/"].copy is not None


def test_copy_that_is_not_on_disk_stays_in_memory(folder: Path, copy_of: CopyOf) -> None:
    folder.write_text("a file where the folder should be")
    library = Library(Shelf(folder), memory_bytes=1)
    library.put([copy_of()], {"p1": time.time()})
    library.put([copy_of("/s/other/")], {"p1": time.time()})
    assert [entry.copy is not None for entry in library.entries.values()] == [True, True]


def test_start_takes_over_what_is_on_disk(folder: Path, copy_of: CopyOf) -> None:
    Library(Shelf(folder)).put([copy_of("/s/a/"), copy_of("/s/b/")], {"p1": 77.0})
    library = Library(Shelf(folder))
    library.load()
    assert sorted(library.entries) == ["/s/a/", "/s/b/"]
    assert {entry.vouched_at for entry in library.entries.values()} == {77.0}


def test_start_takes_no_more_into_memory_than_fits(folder: Path, copy_of: CopyOf) -> None:
    copies = [copy_of(f"/s/{n}/", _incompressible(4, n + 1)) for n in range(10)]
    Library(Shelf(folder)).put(copies, {})
    library = Library(Shelf(folder), memory_bytes=30 * KILOBYTE)
    library.load()
    assert len(library.entries) == 10
    assert 0 < sum(entry.weight for entry in library.entries.values()) <= 30 * KILOBYTE


def test_vouching_from_the_future_is_not_believed(folder: Path, copy_of: CopyOf) -> None:
    library = Library(Shelf(folder))
    library.put([copy_of()], {"p1": time.time() + 10_000})
    assert library.entries["/s/acme/"].vouched_at <= time.time()
    library.vouch({"p1": time.time() + 10_000})
    assert library.entries["/s/acme/"].vouched_at <= time.time()


def test_dropped_path_is_gone_from_memory_and_disk(folder: Path, copy_of: CopyOf) -> None:
    library = Library(Shelf(folder))
    library.put([copy_of()], {})
    library.drop(["/s/acme/"])
    assert library.entries == {}
    assert list(Shelf(folder).all()) == []


@pytest.mark.parametrize("is_resting", [True, False])
def test_stale_answers_say_when_the_page_was_last_checked(
    folder: Path, copy_of: CopyOf, is_resting: bool
) -> None:
    library = Library(Shelf(folder))
    library.put([copy_of()], {"p1": 1_700_000_000})
    entry = library.entries["/s/acme/"]
    if is_resting:
        entry.rest()
    answers = library.stale(entry)
    assert answers is not None
    assert answers[0].body == [b"hello<b>22:13 UTC, 2023-11-14 2023-11-14T22:13:20Z</b>"]
    assert entry.digest not in answers[0].etag
