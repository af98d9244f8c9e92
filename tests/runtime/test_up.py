from collections.abc import Callable
from pathlib import Path

import pytest

from pingpong.runtime import up
from pingpong.runtime.stamp import Stamp, schema_mark, write_stamp

Note = Callable[..., Stamp]


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "PINGPONG_BASE_URL", "PINGPONG_LOG_FORMAT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def note(tmp_path: Path) -> Note:
    """Return a writer of the note that an earlier start would have left."""

    def write(*, has_demo: bool = False, has_owner: bool = True) -> Stamp:
        noted = Stamp(
            schema=schema_mark(tmp_path),
            has_demo=has_demo,
            project="My status page" if has_owner else "",
            slug="status" if has_owner else "",
            email="owner@localhost" if has_owner else "",
            name="Owner" if has_owner else "",
        )
        write_stamp(tmp_path, noted)
        return noted

    return write


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """The first starts that were made, and whether with the demo; each succeeds."""
    starts: list[bool] = []

    def first_start(*, demo: bool, env: dict[str, str]) -> int:
        assert env == {}
        starts.append(demo)
        return 0

    monkeypatch.setattr(up, "_first_start", first_start)
    return starts


def test_the_address_is_written_down(tmp_path: Path) -> None:
    assert up._announce(tmp_path, 8123) == "http://localhost:8123"
    assert (tmp_path / "base_url").read_text() == "http://localhost:8123\n"


def test_a_given_address_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINGPONG_BASE_URL", "https://status.example/")
    assert up._announce(tmp_path, 8123) == "https://status.example"
    assert (tmp_path / "base_url").read_text() == "https://status.example\n"


def test_a_new_folder_is_made_ready(tmp_path: Path, starts: list[bool]) -> None:
    assert up._make_ready(tmp_path, demo=False, env={}) is None
    assert starts == [False]


def test_a_folder_that_is_ready_is_left_alone(
    tmp_path: Path, note: Note, starts: list[bool]
) -> None:
    noted = note()
    assert up._make_ready(tmp_path, demo=False, env={}) == noted
    assert starts == []


def test_a_folder_without_an_owner_is_looked_at_again(
    tmp_path: Path, note: Note, starts: list[bool]
) -> None:
    noted = note(has_owner=False)
    assert up._make_ready(tmp_path, demo=False, env={}) == noted
    assert starts == [False]


@pytest.mark.parametrize(("has_demo", "expected"), [(False, [True]), (True, [])])
def test_the_demo_is_filled_in_once(
    tmp_path: Path, note: Note, starts: list[bool], has_demo: bool, expected: list[bool]
) -> None:
    note(has_demo=has_demo)
    up._make_ready(tmp_path, demo=True, env={})
    assert starts == expected


def test_a_failed_first_start_ends_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up, "_first_start", lambda **_: 1)
    with pytest.raises(SystemExit) as ended:
        up._make_ready(tmp_path, demo=False, env={})
    assert ended.value.code == 1


@pytest.mark.parametrize("was_ready", [True, False])
def test_postgresql_may_be_away_when_it_was_ready_before(
    tmp_path: Path, note: Note, monkeypatch: pytest.MonkeyPatch, was_ready: bool
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://user@127.0.0.1/pingpong")
    monkeypatch.setattr(up, "_first_start", lambda **_: up._DATABASE_UNUSABLE)
    if not was_ready:
        with pytest.raises(SystemExit):
            up._make_ready(tmp_path, demo=False, env={})
        return
    noted = note()
    assert up._make_ready(tmp_path, demo=False, env={}) == noted


@pytest.mark.parametrize("has_owner", [True, False])
def test_sqlite_may_be_broken_when_it_was_ready_before_unless_an_example_is_asked_for(
    tmp_path: Path, note: Note, monkeypatch: pytest.MonkeyPatch, has_owner: bool
) -> None:
    monkeypatch.setattr(up, "_first_start", lambda **_: up._DATABASE_UNUSABLE)
    noted = note(has_owner=has_owner)
    assert up._make_ready(tmp_path, demo=False, env={}) == noted
    if has_owner:
        with pytest.raises(SystemExit):
            up._make_ready(tmp_path, demo=True, env={})


def test_the_addresses_name_a_way_to_the_token_and_no_token(
    tmp_path: Path, note: Note, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["pingpong", "up"])
    options = "--project 'My status page' --slug status --email owner@localhost --name Owner"
    up._print_addresses("http://localhost:8000", note(), tmp_path)
    assert capsys.readouterr().out.splitlines() == [
        "page   http://localhost:8000/s/status/",
        "API    http://localhost:8000/rest/v1",
        "docs   http://localhost:8000/rest/v1/docs/",
        f"token  pingpong bootstrap {options} --data {tmp_path}",
    ]


def test_without_a_project_the_addresses_name_no_page(
    tmp_path: Path, note: Note, capsys: pytest.CaptureFixture[str]
) -> None:
    up._print_addresses("http://localhost:8000", note(has_owner=False), tmp_path)
    assert capsys.readouterr().out.splitlines() == [
        "API    http://localhost:8000/rest/v1",
        "docs   http://localhost:8000/rest/v1/docs/",
    ]


def test_lines_for_machines_are_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINGPONG_LOG_FORMAT", "json")
    up.say("ready")
    assert capsys.readouterr().out == (
        '{"event": "ready", "level": "info", "logger": "pingpong.up"}\n'
    )
