import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pingpong.runtime.child import Child

FOREVER = [sys.executable, "-c", "import time; time.sleep(60)"]


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(clock: Clock) -> Iterator[Callable[..., Child]]:
    made: list[Child] = []

    def build(*command: str) -> Child:
        child = Child("test", command, env=os.environ, clock=clock)
        made.append(child)
        return child

    yield build
    for child in made:
        child.end(deadline=0)


def wait_until(is_true: Callable[[], object], *, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_true():
            return True
        time.sleep(0.01)
    return False


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_child_leads_a_group_and_a_session_of_its_own(make: Callable[..., Child]) -> None:
    child = make(*FOREVER)
    child.start()
    pid = child.pid
    assert pid is not None
    assert os.getpgid(pid) == pid == os.getsid(pid)


def test_a_living_child_is_not_buried(make: Callable[..., Child]) -> None:
    child = make(*FOREVER)
    child.start()
    assert child.bury() is None
    assert not child.is_due()


def test_a_killed_child_is_buried_with_its_signal(make: Callable[..., Child]) -> None:
    child = make(*FOREVER)
    child.start()
    os.kill(child.pid or 0, signal.SIGKILL)
    codes: list[int | None] = []
    assert wait_until(lambda: codes.append(child.bury()) or codes[-1] is not None)
    assert codes[-1] == -signal.SIGKILL
    assert child.pid is None


def test_burying_ends_whoever_the_child_left_behind(
    make: Callable[..., Child], tmp_path: Path
) -> None:
    note = tmp_path / "orphan"
    child = make("sh", "-c", f"sleep 60 & echo $! > {note}.draft; mv {note}.draft {note}; exit 3")
    child.start()
    assert wait_until(note.exists)
    orphan = int(note.read_text())
    codes: list[int | None] = []
    assert wait_until(lambda: codes.append(child.bury()) or codes[-1] is not None)
    assert codes[-1] == 3
    assert wait_until(lambda: not is_alive(orphan))


def test_pauses_grow_while_a_child_dies_at_once(make: Callable[..., Child], clock: Clock) -> None:
    child = make("false")
    pauses = []
    for _ in range(8):
        child.start()
        assert wait_until(lambda: child.bury() is not None)
        pauses.append(child.may_start_at - clock.now)
        assert not child.is_due()
        clock.now = child.may_start_at
        assert child.is_due()
    assert pauses == [0.25, 0.5, 1, 2, 4, 8, 10, 10]


def test_a_child_that_had_settled_starts_again_at_once(
    make: Callable[..., Child], clock: Clock
) -> None:
    child = make(*FOREVER)
    child.start()
    clock.now += 6
    os.kill(child.pid or 0, signal.SIGKILL)
    assert wait_until(lambda: child.bury() is not None)
    assert child.is_due()


def test_a_polite_child_ends_by_itself(make: Callable[..., Child], clock: Clock) -> None:
    child = make(*FOREVER)
    child.start()
    child.ask_to_end()
    assert child.end(deadline=clock.now + 5)


def test_a_deaf_child_is_killed(make: Callable[..., Child], tmp_path: Path, clock: Clock) -> None:
    note = tmp_path / "deaf"
    child = make("sh", "-c", f"trap '' TERM; touch {note}; while true; do sleep 0.1; done")
    child.start()
    assert wait_until(note.exists)
    pid = child.pid
    child.ask_to_end()
    assert not child.end(deadline=clock.now)
    assert not is_alive(pid or 0)


def test_children_die_with_their_supervisor(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    program = (
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "from pingpong.runtime.child import Child\n"
        "child = Child('test', ['sleep', '60'], env=os.environ)\n"
        "child.start()\n"
        f"Path({str(note)!r}).write_text(str(child.pid))\n"
        "time.sleep(60)\n"
    )
    supervisor = os.posix_spawn(sys.executable, [sys.executable, "-c", program], os.environ)
    assert wait_until(lambda: note.exists() and note.read_text())
    child = int(note.read_text())
    assert is_alive(child)
    os.kill(supervisor, signal.SIGKILL)
    os.waitpid(supervisor, 0)
    assert wait_until(lambda: not is_alive(child))
