"""The machinery of `bin/ci`: what it must do on the day when something fails."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ci import servers
from ci.__main__ import main
from ci.packages import missing
from ci.running import Outcome, run
from ci.screen import Screen, table
from ci.servers import server
from ci.stages import STAGES, Stage
from ci.surroundings import clean


def stage(*programs: str, budget_s: int = 10) -> Stage:
    """Return a stage that runs some Python programs."""
    commands = tuple((sys.executable, "-c", program) for program in programs)
    return Stage("test", "a test", budget_s, commands)


def outcome_of(one: Stage, folder: Path) -> Outcome:
    return run(one, folder=folder, environment=os.environ, screen=Screen(1))


def test_stage_whose_commands_all_succeed_has_no_problem(tmp_path: Path) -> None:
    outcome = outcome_of(stage("print('one')", "print('two')"), tmp_path)
    assert outcome.problem == ""
    assert outcome.log.read_text() == "one\ntwo\n"


def test_stage_ends_with_the_first_command_that_fails(tmp_path: Path) -> None:
    outcome = outcome_of(stage("raise SystemExit(3)", "print('never')"), tmp_path)
    assert outcome.problem.endswith("ended with code 3")
    assert outcome.log.read_text() == ""


def test_stage_that_hangs_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    program = (
        "import pathlib, subprocess, sys, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(child.pid));"
        "time.sleep(60)"
    )
    outcome = outcome_of(stage(program, budget_s=1), tmp_path)
    assert outcome.problem.endswith("was stopped after 3 times the stage's budget")
    assert outcome.is_late
    assert eventually_gone((tmp_path / "pid").read_text())


def eventually_gone(pid: str, within_s: float = 5) -> bool:
    """Tell whether a process ends; one that nobody has asked about is a zombie."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            if Path("/proc", pid, "stat").read_text().split()[2] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def test_stage_reads_nothing_from_the_terminal(tmp_path: Path) -> None:
    outcome = outcome_of(stage("import sys; print(repr(sys.stdin.read()))"), tmp_path)
    assert outcome.log.read_text() == "''\n"


def test_surroundings_keep_out_what_a_developer_has_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PINGPONG_BASE_URL", "DATABASE_URL", "PGHOST", "PYTEST_ADDOPTS", "PYTHONPATH"):
        monkeypatch.setenv(name, "leak")
    monkeypatch.setenv("EDITOR", "ed")
    found = clean(tmp_path)
    assert "leak" not in found.values()
    assert found["EDITOR"] == "ed"
    assert found["PATH"].startswith(str(Path(sys.executable).parent))
    assert found["PINGPONG_DATA_DIR"].startswith(str(tmp_path))


def test_servers_of_a_stage_without_any_are_none(tmp_path: Path) -> None:
    with server("", tmp_path) as leading:
        assert leading == {}


def test_what_stages_need_is_known() -> None:
    needs = {need for one in STAGES for need in one.needs}
    assert isinstance(missing(needs), list)


def test_table_has_a_line_for_each_stage() -> None:
    assert table([("types", "ok", 21.44, 60)])[2:] == [
        "types           ok            21.4 s      60 s"
    ]


def test_list_names_every_stage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bin/ci", "--list"])
    assert main() == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert listed == [one.name for one in STAGES]


def test_unknown_stage_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bin/ci", "nothing"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "there is no stage nothing" in capsys.readouterr().err


def test_server_that_two_stages_need_is_run_anew_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def leave_a_file(folder: Path) -> Iterator[str]:
        (folder / "log").touch(exist_ok=False)
        yield "address"

    monkeypatch.setitem(servers._SERVERS, "redis", ("BROKER_URL", leave_a_file))
    for _ in range(2):
        with server("redis", tmp_path) as leading:
            assert leading == {"BROKER_URL": "address"}
