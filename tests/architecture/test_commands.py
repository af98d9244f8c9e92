"""The commands of bin/ are there for everybody, and CI runs the same one as a person."""

import os
import re
import subprocess

import pytest

from ci.stages import STAGES, TOTAL_BUDGET_S

from .tree import ROOT


def test_commands_can_be_run() -> None:
    for name in ("bin/up", "bin/dev", "bin/ci", ".ci/run"):
        assert os.access(ROOT / name, os.X_OK), name


def test_ci_calls_one_command() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    code = [line for line in lines if line and not line.startswith("#")]
    assert code == ['exec "$(dirname -- "${BASH_SOURCE[0]}")/../bin/ci"']


def test_scripts_are_bash_that_parses() -> None:
    for script in [*(ROOT / "bin").glob("*"), *(ROOT / "bin" / "lib").glob("*.sh")]:
        if script.is_file():
            subprocess.run(["bash", "-n", str(script)], check=True)


def test_budgets_of_the_stages_keep_within_the_whole() -> None:
    assert sum(stage.budget_s for stage in STAGES) <= TOTAL_BUDGET_S


# The marks, and the stages that run what has them.
MARKED = {
    "e2e": ("e2e",),
    "browser": ("browser", "e2e"),
    "broker": ("broker",),
    "probe": ("probe",),
    "netns": ("network",),
    "faults": ("faults",),
    "scaled": ("faults",),
}


@pytest.mark.parametrize("mark", MARKED)
def test_stage_looks_where_its_tests_are(mark: str) -> None:
    looked_at = {
        word
        for stage in STAGES
        if stage.name in MARKED[mark]
        for command in stage.commands
        for word in command
        if word.startswith("tests/")
    }
    marked = re.compile(rf"\bmark\.{mark}\b")
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if marked.search(path.read_text())
    }
    assert found
    assert {file for file in found if not file.startswith(tuple(looked_at))} == set()
