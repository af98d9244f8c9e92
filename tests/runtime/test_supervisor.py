import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pingpong.runtime.child import Child
from pingpong.runtime.supervisor import Supervisor

FOREVER = [sys.executable, "-c", "import time; time.sleep(60)"]


class Scene:
    """Two children under one supervisor, and what it said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.children = [Child(name, FOREVER, env=os.environ) for name in ("web", "engine")]
        self.supervisor = Supervisor(self.children, say=self.said.append)

    def pids(self) -> list[int | None]:
        return [child.pid for child in self.children]

    def tend_until_restarted(self, before: list[int | None]) -> None:
        end = time.monotonic() + 5
        while time.monotonic() < end:
            self.supervisor.tend()
            pids = self.pids()
            if None not in pids and pids != before:
                return
            time.sleep(0.02)
        raise AssertionError("The child was not started again.")


@pytest.fixture
def scene() -> Iterator[Scene]:
    scene = Scene()
    scene.supervisor.tend()
    yield scene
    scene.supervisor.stop()


def test_tending_starts_all(scene: Scene) -> None:
    assert None not in scene.pids()
    assert scene.said == []


def test_tending_leaves_the_living_alone(scene: Scene) -> None:
    before = scene.pids()
    scene.supervisor.tend()
    assert scene.pids() == before


def test_a_dead_child_is_started_again_and_only_that_one(scene: Scene) -> None:
    before = scene.pids()
    os.kill(before[0] or 0, signal.SIGKILL)
    scene.tend_until_restarted(before)
    assert scene.pids()[0] != before[0]
    assert scene.pids()[1] == before[1]
    assert scene.said == ["web ended (SIGKILL) and is started again."]


def test_only_a_child_that_keeps_dying_at_once_is_hopeless(scene: Scene) -> None:
    for _ in range(2):
        before = scene.pids()
        os.kill(before[1] or 0, signal.SIGKILL)
        scene.tend_until_restarted(before)
    assert scene.supervisor.hopeless(after=2) == "engine"
    assert scene.supervisor.hopeless(after=3) is None


def test_a_restart_gives_every_child_a_new_process(scene: Scene) -> None:
    before = scene.pids()
    scene.supervisor.restart()
    assert not set(before) & set(scene.pids())


def test_stopping_ends_all(scene: Scene) -> None:
    scene.supervisor.stop()
    assert scene.pids() == [None, None]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_run_and_the_children(number: signal.Signals) -> None:
    scene = Scene()
    ticks: list[float] = []
    main = threading.main_thread().ident or 0
    begun = time.monotonic()
    with scene.supervisor as supervisor:
        sender = threading.Timer(0.3, signal.pthread_kill, args=(main, number))
        sender.start()
        supervisor.run(on_tick=lambda: ticks.append(time.monotonic()))
    assert time.monotonic() - begun < 5
    assert ticks
    assert scene.pids() == [None, None]


def test_a_child_starts_with_no_signal_blocked(tmp_path: Path) -> None:
    note = tmp_path / "blocked"
    program = f"grep SigBlk /proc/self/status > {note}.draft; mv {note}.draft {note}; sleep 60"
    child = Child("test", ["sh", "-c", program], env=os.environ)
    with Supervisor([child], say=print) as supervisor:
        end = time.monotonic() + 5
        while not note.exists() and time.monotonic() < end:
            supervisor.tend()
            time.sleep(0.02)
    assert int(note.read_text().split()[1], 16) == 0
