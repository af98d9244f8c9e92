"""The yardstick: a program in C that does the same fetches with libcurl, and nothing else."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pycurl

from pingpong.probe.line import _CURVES

from .processes import core_seconds
from .servers import SERVERS_CORE

_SOURCE = Path(__file__).parents[1] / "probes_libcurl" / "fetches.c"
_PACKAGES = ("gcc", "libc6-dev", "libcurl4-openssl-dev")
_WARM_S = 2


@dataclass(frozen=True, slots=True)
class Fetched:
    """Microseconds of processor time for one fetch, and how much of the core others had."""

    cpu_us: float
    taken_by_others: float


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    binary: Path

    def fetch(self, url: str, authority: Path, *, rate: float, seconds: int) -> Fetched:
        """Fetch at a steady rate on the servers' core; raise SystemExit when one fetch failed."""
        count = round(rate * seconds)
        words = [url, rate, round(rate * _WARM_S), count, authority, _CURVES]
        before = core_seconds(SERVERS_CORE)
        command = ["taskset", "-c", str(SERVERS_CORE), str(self.binary), *map(str, words)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        if told.returncode or not told.stdout.startswith("0 "):
            raise SystemExit(f"{self.name}: {url}: {told.stdout}{told.stderr}")
        cpu_us = float(told.stdout.split()[1])
        length_s = seconds + _WARM_S
        foreign_s = core_seconds(SERVERS_CORE) - before - cpu_us * length_s / seconds / 1e6
        return Fetched(cpu_us / count, max(0.0, foreign_s) / length_s)


def programs(folder: Path) -> list[Program]:
    """Build it with the probe's own libcurl, which is what is judged, and with Debian's."""
    if not _can_build(folder):
        _install()
    own = _own_library()
    leads_there = [str(own), f"-Wl,-rpath,{own.parent}", "-Wl,--allow-shlib-undefined"]
    return [
        Program("libcurl", _build(folder / "fetches", *leads_there)),
        Program("Debian's libcurl", _build(folder / "fetches_of_debian", "-lcurl")),
    ]


def _own_library() -> Path:
    """Return the library that pycurl has loaded into this process."""
    if not pycurl.version:
        raise SystemExit("pycurl names no libcurl.")
    for line in Path("/proc/self/maps").read_text().splitlines():
        path = Path(line.split(maxsplit=5)[-1])
        if path.name.startswith("libcurl"):
            return path
    raise SystemExit("pycurl holds libcurl inside of itself; nothing can be built with it.")


def _build(binary: Path, *words: str) -> Path:
    command = ["gcc", "-O2", "-o", str(binary), str(_SOURCE), *words]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    if told.returncode:
        raise SystemExit(f"The program in C cannot be built:\n{told.stderr[-2000:]}")
    return binary


def _can_build(folder: Path) -> bool:
    if shutil.which("gcc") is None:
        return False
    command = ["gcc", "-o", str(folder / "attempt"), str(_SOURCE), "-lcurl"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _install() -> None:
    sentence = f"A compiler and libcurl's headers are needed: apt-get install {' '.join(_PACKAGES)}"
    if os.geteuid() or shutil.which("apt-get") is None:
        raise SystemExit(sentence)
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *_PACKAGES]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        raise SystemExit(sentence)
