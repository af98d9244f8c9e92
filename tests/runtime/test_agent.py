from pathlib import Path

import pytest

from pingpong.runtime import agent
from pingpong.runtime.problem import StartError


def run(**others: object) -> int:
    options: dict[str, object] = {
        "locations": ["US West"],
        "broker": "redis://127.0.0.1:1/0",
        "name": "",
        "vantage": "",
        "spool": Path("spool"),
    }
    return agent.run(**{**options, **others})  # type: ignore[arg-type]


@pytest.mark.parametrize("broker", ["", "memory://"])
def test_agent_without_a_broker_is_told_what_is_missing(broker: str) -> None:
    with pytest.raises(StartError, match="set BROKER_URL"):
        run(broker=broker)


def test_location_that_does_not_exist_is_told_with_those_that_do(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="'Atlantis' is no location; there are US West, US East"):
        run(locations=["Atlantis"], spool=tmp_path)


def test_spool_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(StartError, match="cannot be made"):
        run(spool=file / "spool")


def test_allow_list_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINGPONG_ALLOW_PRIVATE_TARGETS", "10.0.0.0/99")
    with pytest.raises(StartError, match="PINGPONG_ALLOW_PRIVATE_TARGETS cannot be read"):
        run(spool=tmp_path)
