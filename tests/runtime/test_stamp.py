from pathlib import Path

import pytest

from pingpong.runtime import stamp
from pingpong.runtime.stamp import Stamp, read_stamp, schema_mark, write_stamp


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "pingpong.sqlite3").write_bytes(b"a database")
    return tmp_path


def note(folder: Path) -> Stamp:
    noted = Stamp(
        schema=schema_mark(folder),
        has_demo=False,
        project="ACME",
        slug="acme",
        email="donald@acme.example",
        name="Donald Duck",
    )
    write_stamp(folder, noted)
    return noted


def test_a_stamp_is_read_as_it_was_written(folder: Path) -> None:
    assert note(folder) == read_stamp(folder)


def test_a_new_folder_has_none(folder: Path) -> None:
    assert read_stamp(folder) is None


def test_a_new_migration_outdates_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note(folder)
    release = folder / "release"
    (release / "pages" / "migrations").mkdir(parents=True)
    (release / "pages" / "migrations" / "0001_initial.py").touch()
    monkeypatch.setattr(stamp.pingpong, "__file__", str(release / "__init__.py"))
    assert read_stamp(folder) is None


def test_another_database_outdates_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note(folder)
    monkeypatch.setenv("DATABASE_URL", "postgres://user:secret@127.0.0.1/pingpong")
    assert read_stamp(folder) is None


def test_a_database_file_that_is_gone_outdates_it(folder: Path) -> None:
    note(folder)
    (folder / "pingpong.sqlite3").unlink()
    assert read_stamp(folder) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"schema": "x", "strange": 1}', "null"])
def test_a_damaged_stamp_counts_as_none(folder: Path, text: str) -> None:
    (folder / stamp.STAMP_FILE).write_text(text)
    assert read_stamp(folder) is None


def test_no_password_is_noted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://user:secret@127.0.0.1/pingpong")
    note(folder)
    assert "secret" not in (folder / stamp.STAMP_FILE).read_text()
