"""The commands of bin/ are there for everybody, and CI runs the same one as a person."""

import os
import subprocess

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
