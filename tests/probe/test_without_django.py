"""An agent in an environment that has what requirements/agent.lock says, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pingpong.probe.contract import Check
from probe.agents import FarCore, agent
from probe.farm import Farm

pytestmark = pytest.mark.probe

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the interpreter of a new environment; pip's usual settings apply."""
    folder = tmp_path_factory.mktemp("agent") / "env"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, timeout=60)
    made = str(folder / "bin" / "python")
    lock = str(ROOT / "requirements" / "agent.lock")
    subprocess.run(
        [made, "-m", "pip", "install", "-q", "--no-compile", "--require-hashes", "-r", lock],
        check=True,
        timeout=300,
    )
    return made


def test_agent_runs_without_django(
    tmp_path: Path, python: str, broker_url: str, location: str, farm: Farm
) -> None:
    missing = subprocess.run([python, "-c", "import django"], capture_output=True, check=False)
    assert b"ModuleNotFoundError" in missing.stderr
    far = FarCore(broker_url, location)
    where = {"PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    with agent(broker_url, tmp_path, location, python=python, environment=where) as one:
        far.hear_report()
        far.send(
            [
                Check(url=farm.url("/json"), json_path="$.status", json_value="ok"),
                Check(kind="tcp", url=f"127.0.0.1:{farm.port}"),
                Check(kind="dns", url="10.0.0.1"),
            ]
        )
        outcomes = sorted(far.listen(3), key=lambda outcome: outcome.watch)
        assert [outcome.word for outcome in outcomes] == ["up", "up", "blocked_by_policy"]
        assert one.stop() == 0
    assert "django" not in Path(one.log).read_text().lower()


def test_command_of_the_agent_needs_no_django(python: str) -> None:
    where = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [python, "-m", "pingpong.runtime.cli", "agent", "--help"]
    told = subprocess.run(command, capture_output=True, env=where, check=True)
    assert b"--location" in told.stdout
