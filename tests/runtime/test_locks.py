import os
import threading
from pathlib import Path

import pytest

from pingpong.runtime.locks import migrating_alone, running_alone
from pingpong.runtime.problem import StartError


def test_a_folder_is_run_once(tmp_path: Path) -> None:
    with running_alone(tmp_path), pytest.raises(StartError) as caught, running_alone(tmp_path):
        pass
    assert str(caught.value) == (
        f"The data folder {tmp_path} is already run by another `pingpong up` "
        f"(process {os.getpid()})."
    )


def test_a_folder_can_be_run_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with running_alone(tmp_path):
            pass


def test_two_folders_run_beside_each_other(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with running_alone(tmp_path / "a"), running_alone(tmp_path / "b"):
        pass


def test_migrations_wait_for_each_other(tmp_path: Path) -> None:
    order: list[str] = []
    begun = threading.Event()

    def second() -> None:
        begun.set()
        with migrating_alone(tmp_path):
            order.append("second")

    with migrating_alone(tmp_path):
        other = threading.Thread(target=second)
        other.start()
        begun.wait()
        other.join(0.1)
        order.append("first")
    other.join(5)
    assert order == ["first", "second"]
