"""What Linux says of running processes: who belongs together, CPU time, memory."""

import os
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Process:
    pid: int
    parent: int
    cpu_s: float


def family(root: int) -> list[Process]:
    """Return a process and all its living descendants, itself first."""
    everybody = [one for entry in _PROC.glob("[0-9]*") if (one := _look(entry))]
    found = [one for one in everybody if one.pid == root]
    for parent in found:
        found.extend(one for one in everybody if one.parent == parent.pid)
    return found


def cpu_seconds(root: int) -> float:
    """Return user and system time of a family, of all its threads."""
    return sum(one.cpu_s for one in family(root))


def core_seconds(core: int) -> float:
    """Return for how long a core has worked for processes of any kind, interrupts left out."""
    for line in (_PROC / "stat").read_text().splitlines():
        name, *ticks = line.split()
        if name == f"cpu{core}":
            return sum(map(int, ticks[:3])) * _TICK_S
    raise RuntimeError(f"This machine has no core {core}.")


def command_of(pid: int) -> str:
    """Return the command line, words parted by blanks."""
    return (_PROC / str(pid) / "cmdline").read_text().replace("\0", " ").strip()


def proportional_kib(pid: int) -> int:
    """Return PSS: private pages, and of each shared page this process's part."""
    for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise RuntimeError(f"The kernel tells no PSS of process {pid}.")


def _look(entry: Path) -> Process | None:
    try:
        fields = (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None  # it ended meanwhile
    cpu_s = (int(fields[11]) + int(fields[12])) * _TICK_S
    return Process(int(entry.name), int(fields[1]), cpu_s)
