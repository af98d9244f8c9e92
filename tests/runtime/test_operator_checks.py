from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.checks import CheckMessage

from pingpong.config import checks


def ids(messages: list[CheckMessage]) -> list[str | None]:
    return [message.id for message in messages]


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of mounts in place of the machine's."""
    path = tmp_path / "mounts"
    monkeypatch.setattr(checks, "MOUNTS", path)
    return path


def test_a_secret_key_is_needed(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.delenv("PINGPONG_SECRET_KEY")
    assert ids(checks.check_secret_key()) == ["pingpong.E001"]
    (tmp_path / "secret.key").write_text("a key")
    assert checks.check_secret_key() == []


def test_a_data_folder_is_needed(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert checks.check_data_dir() == []
    settings.DATA_DIR = tmp_path / "none"
    assert ids(checks.check_data_dir()) == ["pingpong.E002"]


@pytest.mark.parametrize(
    ("kind", "found"),
    [("nfs4", ["pingpong.E003"]), ("cifs", ["pingpong.E003"]), ("ext4", []), ("tmpfs", [])],
)
def test_sqlite_does_not_belong_on_a_network(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mounts: Path, kind: str, found: list[str]
) -> None:
    inner = tmp_path.resolve() / "a b"
    inner.mkdir()
    place = str(inner).replace(" ", "\\040")
    mounts.write_text(f"disk / ext4 rw 0 0\nserver {place} {kind} rw 0 0\n")
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(inner / "db.sqlite3")}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": database}))
    assert ids(checks.check_sqlite_place()) == found


def test_the_innermost_mount_counts(mounts: Path) -> None:
    mounts.write_text("a / ext4 rw\nb /srv nfs rw\nc /srv/data xfs rw\n")
    assert checks.file_system_of(Path("/srv/data/x")) == "xfs"
    assert checks.file_system_of(Path("/srv/database")) == "nfs"
    assert checks.file_system_of(Path("/home")) == "ext4"


def test_where_mounts_are_not_told_nothing_is_said(mounts: Path) -> None:
    assert checks.file_system_of(Path("/srv")) == ""


@pytest.mark.parametrize(
    ("debug", "address", "found"),
    [
        (True, "http://localhost:8000", []),
        (True, "https://status.example", ["pingpong.W001"]),
        (False, "https://status.example", []),
    ],
)
def test_debugging_is_for_this_machine(
    settings: Any, debug: bool, address: str, found: list[str]
) -> None:
    settings.DEBUG = debug
    settings.BASE_URL = address
    assert ids(checks.check_debug()) == found
