from collections.abc import Callable
from pathlib import Path

import pytest

from pingpong.public.copies import Copy
from pingpong.public.disk import Shelf

CopyOf = Callable[..., Copy]


@pytest.fixture
def shelf(folder: Path) -> Shelf:
    return Shelf(folder)


def test_copy_comes_back_as_it_was(shelf: Shelf, copy_of: CopyOf) -> None:
    copy = copy_of(text="über \0 \n{}")
    shelf.write(copy, vouched_at=12.5)
    assert shelf.read(copy.path) == copy
    assert list(shelf.all()) == [(copy, 12.5)]


def test_newer_copy_takes_the_place_of_the_older(shelf: Shelf, copy_of: CopyOf) -> None:
    shelf.write(copy_of(text="old"), vouched_at=1)
    shelf.write(copy_of(text="new"), vouched_at=2)
    assert [copy.bodies.identity for copy, _ in shelf.all()] == [b"new"]


def test_paths_do_not_get_in_each_others_way(shelf: Shelf, copy_of: CopyOf) -> None:
    paths = ["/s/a/", "/s/a/summary.json", "/s/../../etc/", "/s/" + "x" * 190]
    for path in paths:
        shelf.write(copy_of(path), vouched_at=1)
    assert sorted(copy.path for copy, _ in shelf.all()) == sorted(paths)
    assert {file.parent for file in shelf.folder.rglob("*.page")} == {shelf.folder}
    shelf.remove("/s/a/")
    shelf.remove("/s/a/")
    assert shelf.read("/s/a/") is None


def test_later_vouching_is_known_after_a_start(shelf: Shelf, copy_of: CopyOf) -> None:
    shelf.write(copy_of(), vouched_at=1)
    shelf.write_vouched({"p1": 5.0, "p2": 9.0})
    assert [at for _, at in shelf.all()] == [5.0]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]\n", b"null\n", b"{}\nabc", b"\xff\xfe\n"])
def test_damaged_file_is_left_out(shelf: Shelf, copy_of: CopyOf, damage: bytes) -> None:
    shelf.write(copy_of("/s/whole/"), vouched_at=1)
    shelf.write(copy_of("/s/torn/"), vouched_at=1)
    (torn,) = (file for file in shelf.folder.glob("*.page") if b"/s/torn/" in file.read_bytes())
    torn.write_bytes(damage)
    assert [copy.path for copy, _ in shelf.all()] == ["/s/whole/"]
    assert shelf.read("/s/torn/") is None


@pytest.mark.parametrize("keep", [-1, -5, 200])
def test_torn_content_is_noticed(shelf: Shelf, copy_of: CopyOf, keep: int) -> None:
    shelf.write(copy_of(), vouched_at=1)
    (file,) = shelf.folder.glob("*.page")
    file.write_bytes(file.read_bytes()[:keep])
    assert shelf.read("/s/acme/") is None


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"p1": "x"}', b"null"])
def test_damaged_times_cost_nothing_else(shelf: Shelf, copy_of: CopyOf, content: bytes) -> None:
    shelf.write(copy_of(), vouched_at=1)
    (shelf.folder / "vouched.json").write_bytes(content)
    assert [at for _, at in shelf.all()] == [1]


def test_half_done_files_are_tidied_away(shelf: Shelf, copy_of: CopyOf) -> None:
    shelf.tidy()
    shelf.write(copy_of(), vouched_at=1)
    (shelf.folder / "abc.page.123.draft").write_bytes(b"half")
    shelf.tidy()
    assert sorted(file.suffix for file in shelf.folder.iterdir()) == ["", ".page"]
    assert [copy.path for copy, _ in shelf.all()] == ["/s/acme/"]


def test_no_folder_is_an_empty_shelf(shelf: Shelf) -> None:
    assert list(shelf.all()) == []
    assert shelf.read("/s/acme/") is None
    shelf.remove("/s/acme/")
