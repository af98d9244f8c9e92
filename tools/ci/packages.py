"""Debian's packages for what the stages need and a bare machine lacks."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from .problem import CiError


def postgresql_tool(name: str) -> str | None:
    """Return the path of one of the server's programs, of the newest version installed."""
    of_debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(of_debian[-1]) if of_debian else shutil.which(name)


_IS_THERE: Mapping[str, Callable[[], bool]] = {
    "postgresql": lambda: postgresql_tool("initdb") is not None,
    "redis": lambda: shutil.which("redis-server") is not None,
    "chromium": lambda: shutil.which("chromium") is not None,
    "curl": lambda: shutil.which("curl") is not None,
    "iproute2": lambda: shutil.which("ip") is not None,
    "gcc": lambda: shutil.which("gcc") is not None and Path("/usr/include/stdio.h").exists(),
    "fonts": lambda: any(Path("/usr/share/fonts").rglob("*.ttf")),
}
_PACKAGES = {
    "postgresql": "postgresql",
    "redis": "redis-server",
    "chromium": "chromium",
    "curl": "curl",
    "iproute2": "iproute2",
    "gcc": "gcc libc6-dev",
    "fonts": "fonts-dejavu-core",
}


def missing(needs: Iterable[str]) -> list[str]:
    """Return the Debian packages that would bring what is not there."""
    lacking = (_PACKAGES[need] for need in needs if not _IS_THERE[need]())
    return sorted({package for packages in lacking for package in packages.split()})


def install(packages: list[str], log: Path) -> None:
    """Install packages as root, without starting their services; raise CiError."""
    names = ", ".join(packages)
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise CiError(f"Some stages need {names}: install them, or run bin/ci as root on Debian.")
    # Without a run level Debian starts no service that a package brings.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    commands = [
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-yq", "--no-install-recommends", *packages],
    ]
    with log.open("wb") as output:
        for command in commands:
            done = subprocess.run(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
            if done.returncode:
                story = log.read_text(errors="replace").strip().splitlines() or ["no output"]
                raise CiError(f"{' '.join(command[:2])} failed for {names}: {story[-1]}")
